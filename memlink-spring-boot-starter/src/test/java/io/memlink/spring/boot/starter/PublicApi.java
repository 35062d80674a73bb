package io.memlink.spring.boot.starter;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/**
 * The API of a module as text: the types of its exported packages that are public, and
 * their members that users can call, override or catch. Nullness and values of constants
 * are not told.
 */
final class PublicApi {

    private final Path classes;

    PublicApi(String module) {
        this.classes = Path.of("..", module, "target", "classes");
    }

    String render() throws IOException {
        Predicate<String> exported = exportedPackages();
        return new ClassFileImporter().importPath(this.classes)
            .stream()
            .filter((type) -> exported.test(type.getPackageName()) && isVisible(type))
            .sorted(Comparator.comparing(JavaClass::getName))
            .map(PublicApi::render)
            .collect(Collectors.joining("\n"));
    }

    /** A module without a descriptor exports all of its packages. */
    private Predicate<String> exportedPackages() throws IOException {
        Path descriptor = this.classes.resolve("module-info.class");
        if (!Files.exists(descriptor)) {
            return (name) -> true;
        }
        try (InputStream in = Files.newInputStream(descriptor)) {
            Set<String> exported = ModuleDescriptor.read(in)
                .exports()
                .stream()
                .filter((export) -> !export.isQualified())
                .map(ModuleDescriptor.Exports::source)
                .collect(Collectors.toSet());
            return exported::contains;
        }
    }

    private static boolean isVisible(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC) && !type.getSimpleName().equals("package-info")
                && type.getEnclosingClass().map(PublicApi::isVisible).orElse(true);
    }

    private static String render(JavaClass type) {
        Stream<String> fields = type.getFields().stream().filter(PublicApi::isVisible).map(PublicApi::field).sorted();
        Stream<String> constructors = type.getConstructors()
            .stream()
            .filter(PublicApi::isVisible)
            .map(PublicApi::codeUnit)
            .sorted();
        Stream<String> methods = selfAndHiddenParents(type).flatMap((owner) -> owner.getMethods().stream())
            .filter((method) -> isVisible(method) && !isGivenToAll(method))
            .map(PublicApi::codeUnit)
            .distinct()
            .sorted();
        return Stream.of(fields, constructors, methods)
            .flatMap((lines) -> lines)
            .map((line) -> "    " + line + "\n")
            .collect(Collectors.joining("", header(type) + "\n", ""));
    }

    /** What a class inherits from one that users do not see is its own to them. */
    private static Stream<JavaClass> selfAndHiddenParents(JavaClass type) {
        return Stream.concat(Stream.of(type),
                type.getAllRawSuperclasses()
                    .stream()
                    .takeWhile((parent) -> parent.getName().startsWith("io.memlink") && !isVisible(parent)));
    }

    /** The compiler gives these to each record and enum. */
    private static boolean isGivenToAll(JavaMethod method) {
        return Set.of("equals", "hashCode", "toString").contains(method.getName())
                || (method.getOwner().isEnum() && Set.of("values", "valueOf").contains(method.getName()));
    }

    private static String header(JavaClass type) {
        String kind = type.isAnnotation() ? "@interface"
                : type.isInterface() ? "interface" : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
        String parent = type.getSuperclass()
            .map(PublicApi::name)
            .filter((name) -> kind.equals("class") && !name.equals("Object"))
            .map((name) -> " extends " + name)
            .orElse("");
        String interfaces = type.getInterfaces()
            .stream()
            .map(PublicApi::name)
            .sorted()
            .collect(Collectors.joining(", "));
        return modifiers(type.getModifiers()) + kind + " " + name(type) + parent
                + (interfaces.isEmpty() ? "" : " implements " + interfaces);
    }

    private static boolean isVisible(JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC) && !modifiers.contains(JavaModifier.BRIDGE)
                && (modifiers.contains(JavaModifier.PUBLIC) || (modifiers.contains(JavaModifier.PROTECTED)
                        && !member.getOwner().getModifiers().contains(JavaModifier.FINAL)));
    }

    private static String field(JavaField field) {
        return modifiers(field.getModifiers()) + name(field.getType()) + " " + field.getName();
    }

    private static String codeUnit(JavaCodeUnit unit) {
        String result = unit.isConstructor() ? "" : name(unit.getReturnType()) + " ";
        String failures = unit.getThrowsClause()
            .getTypes()
            .stream()
            .map(PublicApi::name)
            .sorted()
            .collect(Collectors.joining(", "));
        return modifiers(unit.getModifiers()) + result + (unit.isConstructor() ? "new" : unit.getName())
                + unit.getParameterTypes().stream().map(PublicApi::name).collect(Collectors.joining(", ", "(", ")"))
                + (failures.isEmpty() ? "" : " throws " + failures);
    }

    /**
     * As in source: {@code byte[]} rather than {@code [B}, a nested type behind a dot.
     */
    private static String name(JavaType type) {
        JavaClass array = type.toErasure();
        String name = array.isArray() ? array.getBaseComponentType().getName() + "[]".repeat(dimensions(array))
                : type.getName();
        return name.replace('$', '.').replaceAll("java\\.lang\\.(?=[A-Z])", "").replaceFirst("^\\[L(.*);$", "$1[]");
    }

    private static int dimensions(JavaClass array) {
        return array.getName().lastIndexOf('[') + 1;
    }

    private static String modifiers(Set<JavaModifier> modifiers) {
        return Stream.of(JavaModifier.PROTECTED, JavaModifier.STATIC, JavaModifier.ABSTRACT, JavaModifier.FINAL)
            .filter(modifiers::contains)
            .map((modifier) -> modifier.name().toLowerCase(Locale.ROOT) + " ")
            .collect(Collectors.joining());
    }

}
