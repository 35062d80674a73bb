package io.memlink.value;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.memlink.value.ValueNotReadableException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ValueFormatTrustTests {

    private static final String SOURCE = "package org.evil; import java.util.*; "
            + "public class Gadget implements Comparator<Object>, Comparable<Object> { "
            + "static { System.setProperty(\"gadget\", \"initialised\"); } "
            + "public int compare(Object a, Object b) { return 0; } public int compareTo(Object a) { return 0; } "
            + "public enum E { A; static { System.setProperty(\"gadget\", \"initialised\"); } } "
            + "public record R(String a) { } public static class Sub extends Gadget { } "
            + "public static final class One { public static final One INSTANCE = new One(); } "
            + "public static Object make() { E e = E.A; One o = One.INSTANCE; return new Gadget(); } "
            + "public static Object[] all() { Object g = make(); TreeSet<Object> s = new TreeSet<>(new Gadget()); "
            + "s.add(1); return new Object[] { g, new ArrayList<>(List.of(g)), List.of(g), Map.of(g, 1), Map.of(1, g), "
            + "new HashSet<>(Set.of(g)), s, new Object[] { g }, new Gadget[0], new Gadget[0][0], new R(\"x\"), E.A, "
            + "EnumSet.of(E.A), EnumSet.noneOf(E.class), new EnumMap<>(E.class), One.INSTANCE, Optional.of(g), "
            + "new E[0], new Sub(), new PriorityQueue<>(Set.of(g)) }; } }";

    private static final CompiledClasses WRITER = CompiledClasses.of("org.evil.Gadget", SOURCE);

    static Stream<Arguments> gadgets() throws ReflectiveOperationException {
        Object[] all = (Object[]) WRITER.loadClass("org.evil.Gadget").getMethod("all").invoke(null);
        return Stream.of(all).map((each) -> Arguments.of(each));
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("gadgets")
    void whatIsNotTrustedIsNeitherWrittenNorLoaded(Object value) {
        byte[] bytes = ValueFormat.of(WRITER, TrustedClasses.of("org.evil")).encode(value);
        System.clearProperty("gadget");
        CompiledClasses loader = CompiledClasses.of("org.evil.Gadget", SOURCE);
        ValueFormat careful = ValueFormat.of(loader, TrustedClasses.of("com.acme"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> careful.decode(bytes))
            .satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.NOT_TRUSTED));
        for (String name : List.of("", "$E", "$R", "$Sub", "$One")) {
            assertThat(loader.hasLoaded("org.evil.Gadget" + name)).isFalse();
        }
        assertThat(ValueText.of(bytes)).contains("org.evil.Gadget");
        assertThat(System.getProperty("gadget")).isNull();
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> ValueFormat.of(WRITER, TrustedClasses.of("com.acme")).encode(value))
            .withMessageContaining("org.evil.Gadget")
            .withMessageContaining("which is not trusted");
    }

    @Test
    void superclassesHaveToBeTrusted() throws ReflectiveOperationException {
        Object value = WRITER.loadClass("org.evil.Gadget$Sub").getConstructor().newInstance();
        byte[] bytes = ValueFormat.of(WRITER, TrustedClasses.of("org.evil")).encode(value);
        ValueFormat format = ValueFormat.of(WRITER, TrustedClasses.of("org.evil.Gadget$Sub"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> format.decode(bytes))
            .satisfies((ex) -> assertThat(ex.className()).isEqualTo("org.evil.Gadget"));
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> format.encode(value))
            .withMessageContaining("whose superclass org.evil.Gadget is not trusted");
    }

    @Test
    void noClassOfTheJdkCanBeNamed() {
        ValueFormat format = ValueFormat.of(getClass().getClassLoader(),
                TrustedClasses.of("java.util", "java", "javax", "sun", "jdk"));
        for (String name : List.of("java.lang.Thread", "java.util.ArrayList", "java.util.Formatter", "sun.misc.Unsafe",
                "jdk.internal.misc.Unsafe", "javax.swing.JFrame", "javax.script.ScriptEngineManager",
                "com.sun.jndi.ldap.LdapCtx")) {
            assertThatExceptionOfType(ValueNotReadableException.class)
                .isThrownBy(() -> format.decode(Bytes.of(1, Kind.OBJECT).newClass(name).toArray()))
                .satisfies((ex) -> assertThat(ex.reason()).isIn(Reason.NOT_TRUSTED, Reason.UNKNOWN_CLASS));
        }
    }

    @Test
    void whatWasWrittenNamesNoClassOfTheJdk() {
        byte[] bytes = Samples.format()
            .encode(List.of(new ArrayList<>(), new TreeMap<>(), java.time.Instant.EPOCH, new TreeSet<>(),
                    java.util.concurrent.TimeUnit.DAYS, new String[0], new java.util.EnumMap<>(java.time.Month.class)));
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)).doesNotContain("java");
    }

    @ParameterizedTest
    @ValueSource(strings = { "com.acme.Order", "com.acme.Order$Line", "com.acme.sub.Order", "org.other.One",
            "org.other.One$Inner" })
    void packagesAndClassesAreTrustedWithWhatIsInThem(String name) {
        assertThat(TrustedClasses.of("com.acme", "org.other.One").allows(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "com.acmeevil.Order", "com.acm", "org.other.OneMore", "org.other.Two", "[Lcom.acme.Order;",
            "com.acme.Order[]", "com/acme/Order", "", "com.acme.", "com.acme..Order", "java.lang.String" })
    void othersAreNot(String name) {
        assertThat(TrustedClasses.of("com.acme", "org.other.One", "java").allows(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", ".", "com.", "com acme", "*", "com.*" })
    void namesAreChecked(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> TrustedClasses.of(name))
            .withMessageStartingWith("names: ");
    }

}
