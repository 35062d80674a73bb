package io.memlink.value;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.stream.Stream;

import io.memlink.value.ValueNotReadableException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A class before and after a deployment, each in a class loader of its own. */
class ValueFormatEvolutionTests {

    private static final String NAME = "com.acme.V";

    static Stream<Arguments> changes() {
        return Stream.of(change(record("String a", "\"x\""), record("String a, String b", "\"x\", \"y\"")),
                change(record("String a", "\"x\""), record("String a, int b", "\"x\", 5")),
                change(record("int a", "5"), record("long a", "5")),
                change(record("int a", "5"), record("Integer a", "5")),
                change(record("String a", "\"x\""), record("String b", "\"x\"")),
                change(record("String a, String b", "\"x\", \"y\""), record("String b, String a", "\"y\", \"x\"")),
                change(record("List<Long> a", "List.of(1L)"), record("List<String> a", "List.of(\"x\")")),
                change(record("List<String> a", "List.of()"), record("Set<String> a", "Set.of()")),
                change(record("List<? extends Number> a", "null"), record("List<? super Integer> a", "null")),
                change(record("List<String>[] a", "null"), record("List<Long>[] a", "null")),
                change(bean("String a;", "v.a = \"x\";"), bean("String a; String b = \"y\";", "v.a = \"x\";")),
                change(bean("String a;", "v.a = \"x\";"), bean("String c;", "v.c = \"x\";")),
                change(bean("Date a;", ""), bean("java.time.Instant a;", "")),
                change(bean("String a;", ""), bean("transient String a;", "")),
                change(bean("String a; String b;", ""), bean("String a; transient String b;", "")),
                change(bean("List<Long> a;", ""), bean("List<String> a;", "")),
                change(bean("String a;", ""), record("String a", "\"x\"")),
                change(bean("String a;", "", "", ""), bean("String a;", "", " extends P", "class P { String p; }")),
                change(bean("String b;", "", " extends P", "class P { String a; }"),
                        bean("String a; String b;", "", " extends P", "class P { }")),
                change(bean("", "", " extends P<Long>", "class P<T> { T p; }"),
                        bean("", "", " extends P<String>", "class P<T> { T p; }")),
                change(bean("", "", " extends P", "class P { }"), bean("", "", " extends Q", "class Q { }")),
                change(enumeration("A, B"), bean("String a;", "")));
    }

    static Stream<Arguments> sameShapes() {
        return Stream.of(
                change(bean("String a;", "v.a = \"x\";"),
                        bean("static int k = 5; @Deprecated String a; int twice() { return 2; }", "v.a = \"x\";")),
                change(bean("String a; int b;", "v.a = \"x\";"), bean("int b; String a;", "v.a = \"x\";")),
                change(bean("String a;", ""), bean("String a;", "", " implements Cloneable", "")),
                change(bean("private String a;", ""), bean("public final String a = null;", "")),
                change(record("String a", "\"x\""),
                        record("@Deprecated String a", "\"x\"").replace("{ public", "{ int b() { return 1; } public")),
                change(enumeration("A, B"), enumeration("Z, B, A")));
    }

    private static Arguments change(String before, String after) {
        return arguments(before, after);
    }

    private static String record(String components, String arguments) {
        return "public record V(" + components + ") { public static Object make() { return new V(" + arguments
                + "); } }";
    }

    private static String bean(String fields, String set) {
        return bean(fields, set, "", "");
    }

    private static String bean(String fields, String set, String inherits, String more) {
        return "public class V" + inherits + " { " + fields + " public static Object make() { V v = new V(); " + set
                + " return v; } } " + more;
    }

    private static String enumeration(String constants) {
        return "public enum V { " + constants + "; public static Object make() { return B; } }";
    }

    private static CompiledClasses compile(String source) {
        return CompiledClasses.of(NAME, "package com.acme; import java.util.*; " + source);
    }

    private static ValueFormat format(ClassLoader loader) {
        return ValueFormat.of(loader, TrustedClasses.of("com.acme"));
    }

    @ParameterizedTest
    @MethodSource
    void changes(String before, String after) {
        CompiledClasses old = compile(before);
        CompiledClasses young = compile(after);
        assertMiss(old, young);
        assertMiss(young, old);
    }

    private static void assertMiss(CompiledClasses from, CompiledClasses to) {
        byte[] bytes = format(from).encode(from.make(NAME));
        ValueFormat reader = format(to);
        assertThat(reader.decode(reader.encode(to.make(NAME)))).isNotNull();
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> reader.decode(bytes))
            .satisfies((ex) -> {
                assertThat(ex.reason()).isEqualTo(Reason.OTHER_SHAPE);
                assertThat(ex.className()).startsWith("com.acme.");
            });
    }

    @ParameterizedTest
    @MethodSource
    void sameShapes(String before, String after) {
        CompiledClasses old = compile(before);
        CompiledClasses young = compile(after);
        Object back = format(young).decode(format(old).encode(old.make(NAME)));
        assertThat(back).hasSameClassAs(young.make(NAME));
    }

    @Test
    void classesThatAreGoneAreMisses() {
        CompiledClasses old = compile(bean("Object a = new W();", "", "", "class W { }"));
        CompiledClasses young = compile(bean("Object a;", ""));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> format(young).decode(format(old).encode(old.make(NAME))))
            .satisfies((ex) -> {
                assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN_CLASS);
                assertThat(ex.className()).isEqualTo("com.acme.W");
            });
    }

    @Test
    void constantsThatAreGoneAreMisses() {
        CompiledClasses old = compile(enumeration("A, B"));
        CompiledClasses young = compile("public enum V { A }");
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> format(young).decode(format(old).encode(old.make(NAME))))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN_CONSTANT));
    }

    @Test
    void constantsOfClassesThatAreGoneOrAreOthersAreMisses() {
        String source = "public class V { static final V %s; int n; V(int n) { this.n = n; } "
                + "public static Object make() { return B; } }";
        CompiledClasses old = compile(source.formatted("A = new V(1), B = new V(2)"));
        byte[] bytes = format(old).encode(old.make(NAME));
        CompiledClasses more = compile(source.formatted("B = new V(2), A = new V(1), C = new V(3)"));
        assertThat(format(more).decode(bytes)).isSameAs(more.make(NAME));
        CompiledClasses other = compile(source.formatted("A = new V(1), B = new V(3)"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> format(other).decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_ACCEPTED));
        CompiledClasses gone = compile(source.formatted("A = new V(1)").replace("return B", "return A"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> format(gone).decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.UNKNOWN_CONSTANT));
    }

    @Test
    void constructorsThatRefuseByNowAreMisses() {
        CompiledClasses old = compile(record("int a", "-5"));
        CompiledClasses young = compile(record("int a", "5").replace("{ public static",
                "{ public V { if (a < 0) throw new IllegalArgumentException(); } public static"));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> format(young).decode(format(old).encode(old.make(NAME))))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_ACCEPTED))
            .withMessageContaining("because of a java.lang.IllegalArgumentException")
            .withNoCause();
    }

    @Test
    void constructorsThatMakeSomethingElseByNowAreMisses() {
        CompiledClasses old = compile(record("int a", "-5"));
        CompiledClasses young = compile(
                record("int a", "5").replace("{ public static", "{ public V { a = Math.abs(a); } public static"));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> format(young).decode(format(old).encode(old.make(NAME))))
            .withMessageContaining("one that its constructor keeps");
    }

    @Test
    void classesThatCannotBeLinkedAreMisses() {
        String source = "public class V { static Object fail = fail(); static Object fail() { throw new "
                + "ExceptionInInitializerError(); } String a; }";
        CompiledClasses old = compile(bean("String a;", ""));
        CompiledClasses young = compile(source);
        byte[] bytes = format(old).encode(old.make(NAME));
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> format(young).decode(bytes))
                .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_ACCEPTED))
                .withMessageContaining("because of a java.lang.")
                .withNoCause();
        }
    }

    @Test
    void classesOfAnotherLoaderThanTheOneThatReadsAreRefused() {
        CompiledClasses one = compile(bean("String a;", ""));
        CompiledClasses other = compile(bean("String a;", ""));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> format(other).encode(one.make(NAME)))
            .withMessageContaining("of another class loader");
        ClassLoader child = new URLClassLoader(new URL[0], one);
        assertThat(format(child).decode(format(child).encode(one.make(NAME)))).isNotNull();
    }

}
