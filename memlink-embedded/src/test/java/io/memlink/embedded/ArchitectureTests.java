package io.memlink.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
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
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the shape of this module.
 */
class ArchitectureTests {

    private static final JavaClasses main = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .importPackages("io.memlink");

    private static final JavaClasses all = new ClassFileImporter().importPackages("io.memlink.embedded");

    @Test
    void sharesNoCodeWithTheClient() {
        noClasses().should()
            .dependOnClassesThat(resideInAPackage("io.memlink..").and(resideOutsideOfPackages("io.memlink.embedded..")))
            .check(main);
    }

    @Test
    void layersDependDownwardsOnly() {
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("server")
            .definedBy("io.memlink.embedded")
            .layer("binary")
            .definedBy("io.memlink.embedded.binary")
            .layer("admin")
            .definedBy("io.memlink.embedded.admin")
            .layer("command")
            .definedBy("io.memlink.embedded.command")
            .layer("store")
            .definedBy("io.memlink.embedded.store")
            .layer("launch")
            .definedBy("io.memlink.embedded.launch")
            .whereLayer("launch")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("server")
            .mayOnlyBeAccessedByLayers("launch")
            .whereLayer("binary")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("command")
            .mayOnlyBeAccessedByLayers("admin", "binary", "server")
            .whereLayer("store")
            .mayOnlyBeAccessedByLayers("admin", "binary", "command", "server")
            .check(main);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles().check(main);
    }

    @Test
    void onlyTheServerKnowsNetty() {
        noClasses().that()
            .resideOutsideOfPackage("io.memlink.embedded")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty..")
            .check(main);
    }

    @Test
    void doesNotKnowTests() {
        noClasses().should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.testcontainers..")
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
    void theModuleExportsTheServerOnly() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            assertThat(ModuleDescriptor.read(in).exports()).extracting(ModuleDescriptor.Exports::toString)
                .containsExactly("io.memlink.embedded");
        }
    }

    @Test
    void publicClassesCannotBeExtended() {
        classes().that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and()
            .doNotHaveSimpleName("Fault") // sealed
            .should()
            .haveModifier(JavaModifier.FINAL)
            .check(main);
    }

    @Test
    void nobodySleepsOrPrintsInMain() {
        noClasses().that()
            .resideOutsideOfPackage("io.memlink.embedded.launch") // a program has an
                                                                  // output
            .should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .accessField(System.class, "out")
            .check(main);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(all);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Impl|Manager)$").check(main);
    }

    @Test
    void everyPackageDeclaresItsNulls() {
        for (JavaClass type : main) {
            assertThat(type.getPackage().isAnnotatedWith(NullMarked.class)).as(type.getPackageName()).isTrue();
        }
    }

}
