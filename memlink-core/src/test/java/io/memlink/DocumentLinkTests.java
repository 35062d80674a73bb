package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the links between the pages of the project, and from them to its files.
 */
class DocumentLinkTests {

    @Test
    void theFilesThatLinksLeadToExist() throws IOException {
        assertThat(links()).allSatisfy((link) -> assertThat(link.file()).as(link.toString()).exists());
    }

    @Test
    void theHeadingsThatLinksLeadToExist() throws IOException {
        List<ProjectDocument.Link> headings = links().stream().filter((link) -> !link.anchor().isEmpty()).toList();
        assertThat(headings).isNotEmpty();
        for (ProjectDocument.Link link : headings) {
            assertThat(link.file()).as(link.toString()).exists();
            assertThat(ProjectDocument.read(link.file().toString()).anchors()).as(link.toString())
                .contains(link.anchor());
        }
    }

    @Test
    void everyPageOfTheDocumentationIsLinkedFromAnother() throws IOException {
        List<ProjectDocument> pages = ProjectDocument.all()
            .stream()
            .filter((page) -> page.toString().startsWith("docs"))
            .toList();
        assertThat(pages).isNotEmpty();
        for (ProjectDocument page : pages) {
            assertThat(links()).as("links to %s", page)
                .anyMatch((link) -> link.file().equals(page.path()) && !link.from().path().equals(page.path()));
        }
    }

    private static List<ProjectDocument.Link> links() throws IOException {
        List<ProjectDocument.Link> links = new ArrayList<>();
        for (ProjectDocument page : ProjectDocument.all()) {
            links.addAll(page.links());
        }
        assertThat(links).hasSizeGreaterThan(20);
        assertThat(links).as("the README leads to pages")
            .anyMatch((link) -> link.from().toString().equals("README.md") && Files.exists(link.file()));
        return links;
    }

}
