package io.memlink.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the shape of this module.
 */
class ArchitectureTests {

    private static final JavaClasses main = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.memlink.test");

    @Test
    void knowsNoClientAndNothingBehindTheEmbeddedServer() {
        noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.memlink", "io.memlink.link..", "io.memlink.meta..", "io.memlink.cluster..",
                    "io.memlink.embedded.command..", "io.memlink.embedded.store..", "io.netty..")
            .check(main);
    }

    @Test
    void onlyTheContainerKnowsTestcontainers() {
        noClasses().that()
            .doNotHaveSimpleName("ContainerServer")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.testcontainers..")
            .check(main);
    }

    @Test
    void noPackageHasMoreThan24Files() throws IOException {
        Map<Path, Long> files;
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            files = sources.filter((path) -> path.toString().endsWith(".java"))
                .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
        }
        assertThat(files).isNotEmpty()
            .allSatisfy((folder, count) -> assertThat(count).as("files in %s", folder).isLessThanOrEqualTo(24));
    }

    @Test
    void atMostHalfOfAPackageIsPublic() {
        Map<String, List<JavaClass>> packages = main.stream()
            .filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName));
        assertThat(packages).isNotEmpty().allSatisfy((name, types) -> {
            List<String> visible = types.stream()
                .filter((type) -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .toList();
            assertThat(2 * visible.size()).as("public of %s types of %s: %s", types.size(), name, visible)
                .isLessThanOrEqualTo(types.size());
        });
    }

    @Test
    void publicClassesCannotBeExtended() {
        classes().that().arePublic().and().areNotInterfaces().should().haveModifier(JavaModifier.FINAL).check(main);
    }

    @Test
    void nobodySleepsOrPrints() {
        noClasses().should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .accessField(System.class, "out")
            .check(main);
    }

    @Test
    void everyPackageDeclaresItsNulls() {
        for (JavaClass type : main) {
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getPackageName()).isTrue();
        }
    }

}
