package io.memlink;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.memlink.error.MemlinkException;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the shape of this module.
 */
class ArchitectureTests {

    private static final JavaClasses main = new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption((location) -> !location.contains("/io/memlink/embedded/"))
        .importPackages("io.memlink");

    private static final JavaClasses all = new ClassFileImporter()
        .withImportOption((location) -> !location.contains("/io/memlink/embedded/"))
        .importPackages("io.memlink");

    @Test
    void layersDependDownwardsOnly() {
        Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("transcoder")
            .definedBy("io.memlink.transcoder")
            .layer("client")
            .definedBy("io.memlink")
            .layer("cluster")
            .definedBy("io.memlink.cluster..")
            .layer("meta")
            .definedBy("io.memlink.meta..")
            .layer("link")
            .definedBy("io.memlink.link..")
            .layer("error")
            .definedBy("io.memlink.error..")
            .layer("micrometer")
            .definedBy("io.memlink.micrometer..")
            .whereLayer("transcoder")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("micrometer")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("client")
            .mayOnlyBeAccessedByLayers("transcoder", "micrometer")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("client", "micrometer")
            .whereLayer("meta")
            .mayOnlyBeAccessedByLayers("cluster", "client", "micrometer")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("meta", "cluster", "client", "micrometer")
            .check(main);
    }

    @Test
    void errorImportsNothing() {
        noClasses().that()
            .resideInAPackage("io.memlink.error")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.memlink.error", "java..", "org.jspecify..")
            .check(main);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles().check(main);
    }

    @Test
    void onlyTheLinkKnowsNetty() {
        noClasses().that()
            .resideOutsideOfPackage("io.memlink.link")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "org.jctools..")
            .check(main);
    }

    @Test
    void onlyTranscodersKnowOptionalLibraries() {
        noClasses().that()
            .doNotHaveSimpleName("ZstdCompression")
            .and()
            .doNotHaveSimpleName("Lz4Compression")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.github.luben..", "net.jpountz..")
            .check(main);
    }

    @Test
    void publicSignaturesDoNotShowNetty() {
        for (JavaClass type : main) {
            for (JavaMethod method : type.getMethods()) {
                if (isPublic(type) && isPublic(method) && type.getSimpleName().matches("(?!Connection$).*")) {
                    assertThat(method.getAllInvolvedRawTypes()).as(method.getFullName())
                        .noneMatch(resideInAPackage("io.netty..")::test);
                }
            }
        }
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC);
    }

    private static boolean isPublic(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC);
    }

    @Test
    void nothingComesFromSpring() {
        noClasses().should().dependOnClassesThat().resideInAPackage("org.springframework..").check(main);
    }

    @Test
    void publicClassesCannotBeExtended() {
        classes().that()
            .arePublic()
            .and()
            .areNotInterfaces()
            .and(DescribedPredicate.not(sealed()))
            .should()
            .haveModifier(JavaModifier.FINAL)
            .check(main);
    }

    private static DescribedPredicate<JavaClass> sealed() {
        return DescribedPredicate.describe("sealed", (type) -> type.reflect().isSealed());
    }

    @Test
    void fieldsAreNotVisible() {
        noFields().that()
            .areNotStatic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .bePublic()
            .orShould()
            .beProtected()
            .check(main);
    }

    @Test
    void exceptionsAreDeclaredInOnePlace() {
        classes().that()
            .areAssignableTo(Throwable.class)
            .should()
            .resideInAPackage("io.memlink.error")
            .andShould()
            .beAssignableTo(MemlinkException.class)
            .check(main);
    }

    @Test
    void nobodyRunsAnythingOnTheCommonPool() {
        noClasses().should()
            .callMethod(ForkJoinPool.class, "commonPool")
            .orShould()
            .callMethod(CompletableFuture.class, "supplyAsync", java.util.function.Supplier.class)
            .orShould()
            .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
            .check(main);
    }

    @Test
    void nobodySleepsOrPrints() {
        noClasses().should()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .accessField(System.class, "out")
            .check(all);
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
