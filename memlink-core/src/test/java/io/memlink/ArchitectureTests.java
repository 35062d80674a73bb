package io.memlink;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
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
        .withImportOption((location) -> !location.contains("/io/memlink/test/"))
        .importPackages("io.memlink");

    private static final JavaClasses all = new ClassFileImporter()
        .withImportOption((location) -> !location.contains("/io/memlink/embedded/"))
        .withImportOption((location) -> !location.contains("/io/memlink/test/"))
        .importPackages("io.memlink");

    /** The floors from the top down; a room belongs to the floor it is named after. */
    private static final List<String> FLOORS = List.of("io.memlink.micrometer..", "io.memlink.transcoder..",
            "io.memlink", "io.memlink.loading..", "io.memlink.cluster..", "io.memlink.discovery..",
            "io.memlink.placement..", "io.memlink.meta..", "io.memlink.link..", "io.memlink.time..",
            "io.memlink.value..", "io.memlink.check..", "io.memlink.error..");

    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE);

    private static final Pattern QUALIFIED = Pattern.compile("\\b(io\\.memlink(?:\\.[a-z]\\w*)*)\\.[A-Z]\\w*");

    @Test
    void floorsDependDownwardsOnly() {
        for (int i = 1; i < FLOORS.size(); i++) {
            noClasses().that()
                .resideInAPackage(FLOORS.get(i))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(FLOORS.subList(0, i).toArray(new String[0]))
                .check(main);
        }
    }

    /** Comments too: a link from below is a way round that no compiler sees. */
    @Test
    void sourcesNameOnlyWhatIsBelow() throws IOException {
        List<String> upwards = new ArrayList<>();
        try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
            for (Path source : sources.filter((path) -> path.toString().endsWith(".java")).toList()) {
                String code = Files.readString(source);
                Matcher declaration = PACKAGE.matcher(code);
                if (declaration.find()) {
                    int floor = floorAt(declaration.group(1));
                    QUALIFIED.matcher(code)
                        .results()
                        .filter((type) -> floorAt(type.group(1)) < floor)
                        .forEach((type) -> upwards.add(source + ": " + type.group()));
                }
            }
        }
        assertThat(upwards).isEmpty();
    }

    @Test
    void everyPackageBelongsToAFloor() {
        for (JavaClass type : main) {
            assertThat(FLOORS).as(type.getPackageName())
                .anyMatch((floor) -> PackageMatcher.of(floor).matches(type.getPackageName()));
        }
    }

    @Test
    void transcodersAndMetersAreUsedByNobody() {
        noClasses().that()
            .resideInAPackage("io.memlink.micrometer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.memlink.transcoder..")
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

    /**
     * What is public in an exported package is what users see. The failures are one
     * closed vocabulary, all of which users catch.
     */
    @Test
    void atMostHalfOfAFloorIsForUsers() throws IOException {
        Set<String> exported = exportedPackages();
        Map<String, List<JavaClass>> floors = main.stream()
            .filter((type) -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(ArchitectureTests::floorOf));
        floors.remove("io.memlink.error..");
        assertThat(floors).hasSize(FLOORS.size() - 1).allSatisfy((floor, types) -> {
            List<String> visible = types.stream()
                .filter((type) -> isPublic(type) && exported.contains(type.getPackageName()))
                .map(JavaClass::getSimpleName)
                .toList();
            assertThat(2 * visible.size()).as("public of %s types of %s: %s", types.size(), floor, visible)
                .isLessThanOrEqualTo(types.size());
        });
    }

    @Test
    void theModuleExportsWhatUsersNeed() throws IOException {
        assertThat(exportedPackages()).containsExactlyInAnyOrder("io.memlink", "io.memlink.cluster",
                "io.memlink.discovery", "io.memlink.error", "io.memlink.link", "io.memlink.link.tls",
                "io.memlink.loading", "io.memlink.meta", "io.memlink.meta.classic", "io.memlink.micrometer",
                "io.memlink.placement", "io.memlink.transcoder", "io.memlink.value");
    }

    private static Set<String> exportedPackages() throws IOException {
        try (InputStream in = Files.newInputStream(Path.of("target", "classes", "module-info.class"))) {
            return ModuleDescriptor.read(in)
                .exports()
                .stream()
                .filter((export) -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
        }
    }

    private static String floorOf(JavaClass type) {
        return FLOORS.get(floorAt(type.getPackageName()));
    }

    private static int floorAt(String packageName) {
        return IntStream.range(0, FLOORS.size())
            .filter((floor) -> PackageMatcher.of(FLOORS.get(floor)).matches(packageName))
            .findFirst()
            .orElseThrow();
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
    void theValueFormatImportsNothing() {
        noClasses().that()
            .resideInAPackage("io.memlink.value")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages("io.memlink.value", "java..", "sun.reflect", "org.jspecify..")
            .check(main);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices().matching("(**)").should().beFreeOfCycles().check(main);
    }

    @Test
    void onlyTheLinkKnowsNetty() {
        noClasses().that()
            .resideOutsideOfPackage("io.memlink.link..")
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
    void publicSignaturesDoNotShowNetty() throws IOException {
        Set<String> exported = exportedPackages();
        main.stream()
            .filter((type) -> isPublic(type) && exported.contains(type.getPackageName()))
            .flatMap((type) -> type.getMethods().stream())
            .filter(ArchitectureTests::isPublic)
            .forEach((method) -> assertThat(method.getAllInvolvedRawTypes()).as(method.getFullName())
                .noneMatch(resideInAPackage("io.netty..")::test));
    }

    /**
     * What users see is made of what they can see. The exceptions are for other rooms of
     * this module: users cannot call them.
     */
    @Test
    void publicSignaturesShowWhatIsExported() throws IOException {
        Set<String> exported = exportedPackages();
        Set<String> others = main.stream()
            .filter((type) -> isPublic(type) && exported.contains(type.getPackageName()))
            .flatMap((type) -> type.getCodeUnits().stream())
            .filter(ArchitectureTests::isPublic)
            .filter((member) -> member.getAllInvolvedRawTypes()
                .stream()
                .anyMatch((type) -> type.getPackageName().startsWith("io.memlink")
                        && !exported.contains(type.getPackageName())))
            .map((member) -> member.getOwner().getSimpleName() + "." + member.getName())
            .collect(Collectors.toSet());
        assertThat(others).containsExactlyInAnyOrder("Loads.<init>", "UnleasedItems.<init>", "LinkResources.timers");
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
            .and()
            .doNotHaveFullyQualifiedName("io.memlink.link.transport.Transport") // not
                                                                                // exported
            .and()
            .doNotHaveFullyQualifiedName("io.memlink.link.loop.CallFuture") // likewise
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

    /** Those of the value format apart, which knows no servers. */
    @Test
    void exceptionsAreDeclaredInOnePlace() {
        classes().that()
            .areAssignableTo(Throwable.class)
            .and()
            .resideOutsideOfPackage("io.memlink.value")
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
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(all);
        // But for the command line, whose purpose it is.
        noClasses().that().doNotHaveSimpleName("ShowValue").should().accessField(System.class, "out").check(main);
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
