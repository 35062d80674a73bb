package io.memlink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the architecture page to the sources: the files of its routes exist, declare the
 * types and methods they are listed for, and follow from one another; the packages and
 * types it names are there.
 */
class ArchitecturePageTests {

    private static final String PAGE = "docs/architecture.md";

    private static final Pattern METHOD = Pattern.compile("`(\\w+)`");

    private static final Pattern TYPE_IN_CODE = Pattern.compile("`([A-Z][a-z]\\w*(?:\\.[A-Z]\\w+)*)[^`]*`");

    /** A line of the picture: a filled mark for an exported package. */
    private static final Pattern ROOM = Pattern.compile("^│ ([●○]) ([a-z.]+) ", Pattern.MULTILINE);

    /** Types of the JDK that the page speaks of. */
    private static final Set<String> OF_THE_JDK = Set.of("CompletableFuture", "CancellationException");

    /** A section of the page, whose table has a row for each file. */
    @ParameterizedTest
    @ValueSource(strings = { "A key", "A call that waits", "A reply", "A cache miss", "A property",
            "A property of caches", "A property of values", "A connection detail" })
    void theFilesOfARouteFollowFromOneAnother(String route) throws IOException {
        List<Step> steps = steps(route);
        assertThat(steps).hasSizeGreaterThan(4);
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            assertThat(step.file()).as("%s, step %s", route, i + 1).isRegularFile();
            String source = Files.readString(step.file());
            assertThat(ProjectSources.typesIn(step.file())).as("%s: types in %s", route, step.file())
                .contains(step.type());
            for (String method : step.methods()) {
                assertThat(source).as("%s: %s", route, step.file()).containsPattern("\\b" + method + "\\(");
            }
            if (i > 0) {
                assertThat(steps.subList(0, i)).as("%s: steps before %s that know it, or that it knows", route, step)
                    .anyMatch((before) -> names(before.file(), step.type()) || names(step.file(), before.type()));
            }
        }
    }

    private static List<Step> steps(String route) throws IOException {
        ProjectDocument section = ProjectDocument.read(PAGE).section(route);
        List<Step> steps = new ArrayList<>();
        for (List<String> row : section.rows()) {
            ProjectDocument.Link link = new ProjectDocument(section.path(), row.get(0)).links().get(0);
            steps.add(new Step(link.text().replace("`", ""), link.file(),
                    METHOD.matcher(row.get(1)).results().map((match) -> match.group(1)).toList()));
        }
        return steps;
    }

    private static boolean names(Path file, String type) {
        try {
            return Pattern.compile("\\b" + type + "\\b").matcher(Files.readString(file)).find();
        }
        catch (IOException ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void theTypesThatAreNamedExist() throws IOException {
        List<String> named = TYPE_IN_CODE.matcher(ProjectDocument.read(PAGE).text())
            .results()
            .flatMap((match) -> Stream.of(match.group(1).split("\\.")))
            .filter((type) -> !OF_THE_JDK.contains(type))
            .distinct()
            .toList();
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(ProjectSources.types()).containsAll(named);
    }

    @Test
    void thePictureShowsEveryPackageOfTheClientAndWhetherItIsExported() throws IOException {
        Map<String, Boolean> rooms = ROOM.matcher(Files.readString(ProjectDocument.read(PAGE).path()))
            .results()
            .collect(Collectors.toMap((match) -> match.group(2), (match) -> match.group(1).equals("●")));
        assertThat(rooms).containsExactlyInAnyOrderEntriesOf(ProjectSources.packagesOfTheClient());
    }

    /**
     * A file on a route.
     *
     * @param type the type it declares
     * @param file where it is
     * @param methods methods it has or calls
     */
    private record Step(String type, Path file, List<String> methods) {
    }

}
