package io.memlink.test;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the bill of materials to the modules that are published.
 */
class PublishedModulesTests {

    private static final Path ROOT = Path.of("..");

    private static final String BOM = "memlink-bom";

    @Test
    void theBomListsThePublishedModulesInTheOrderOfTheBuild() {
        assertThat(managed("/project/dependencyManagement/dependencies/dependency/artifactId"))
            .isEqualTo(publishedModules());
    }

    @Test
    void theBomManagesNothingButItsOwnVersion() {
        assertThat(managed("/project/dependencyManagement/dependencies/dependency/groupId")).containsOnly("io.memlink");
        assertThat(managed("/project/dependencyManagement/dependencies/dependency/version"))
            .containsOnly("${project.version}");
    }

    private static List<String> publishedModules() {
        return texts(ROOT.resolve("pom.xml"), "/project/modules/module").stream()
            .filter((module) -> !module.equals(BOM) && isPublished(module))
            .toList();
    }

    private static boolean isPublished(String module) {
        return !texts(ROOT.resolve(module).resolve("pom.xml"), "/project/properties/maven.deploy.skip")
            .contains("true");
    }

    private static List<String> managed(String path) {
        return texts(ROOT.resolve(BOM).resolve("pom.xml"), path);
    }

    private static List<String> texts(Path pom, String path) {
        try {
            Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Files.newInputStream(pom));
            NodeList nodes = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, nodes.getLength()).mapToObj((i) -> nodes.item(i).getTextContent()).toList();
        }
        catch (Exception ex) {
            throw new IllegalStateException("pom: " + pom + " (expected: to be read)", ex);
        }
    }

}
