package io.memlink.value;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Development tools restart an application in new class loaders, again and again. */
class ValueFormatClassLoaderTests {

    private static final String SOURCE = "package com.acme; import java.util.*; public class V { "
            + "String a = \"x\"; int i = 5; List<Object> all = new ArrayList<>(List.of(new R(1), E.A)); "
            + "public record R(int a) { } public enum E { A } public static Object make() { return new V(); } "
            + "public static io.memlink.value.MemlinkTypeConverter<StringBuilderLike, String> converter() { "
            + "return io.memlink.value.MemlinkTypeConverter.of(StringBuilderLike.class, String.class, "
            + "StringBuilderLike::toString, (text) -> new StringBuilderLike()); } "
            + "public static class StringBuilderLike { public String toString() { return \"text\"; } } }";

    @Test
    void formatsThatAreThrownAwayLetGoOfTheirLoaders() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            loaders.add(useAndForget(null));
        }
        assertAllGone(loaders);
    }

    @Test
    void aFormatThatStaysLetsGoOfTheLoadersWhoseClassesItRefused() {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        ValueFormat staying = ValueFormat.of(getClass().getClassLoader(), TrustedClasses.of("com.acme"));
        for (int i = 0; i < 5; i++) {
            loaders.add(useAndForget(staying));
        }
        assertAllGone(loaders);
        assertThat(staying.encode("still in use")).isNotEmpty();
    }

    private static WeakReference<ClassLoader> useAndForget(ValueFormat staying) {
        CompiledClasses loader = CompiledClasses.of("com.acme.V", SOURCE);
        Object value = loader.make("com.acme.V");
        try {
            ValueFormat format = ValueFormat.of(loader, TrustedClasses.of("com.acme"))
                .with((MemlinkTypeConverter<?, ?>) loader.loadClass("com.acme.V").getMethod("converter").invoke(null));
            Object other = loader.loadClass("com.acme.V$StringBuilderLike").getConstructor().newInstance();
            for (int i = 0; i < 200; i++) {
                assertThat(format.decode(format.encode(value))).hasSameClassAs(value);
                assertThat(format.decode(format.encode(List.of(other, value, new ArrayList<>())))).isNotNull();
            }
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
        if (staying != null) {
            try {
                staying.encode(value);
            }
            catch (ValueNotSupportedException ex) {
                assertThat(ex).hasMessageContaining("of another class loader");
            }
        }
        return new WeakReference<>(loader);
    }

    private static void assertAllGone(List<WeakReference<ClassLoader>> loaders) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(loaders.stream().map(WeakReference::get).filter(Objects::nonNull)).isEmpty();
        });
    }

    @Test
    void classesOfThePlatformKeepNothingOfOurs() {
        // Its descriptor is in a map of ours, not in the class.
        assertThat(ClassDescriptor.of(Thread.class)).isSameAs(ClassDescriptor.of(Thread.class));
        assertThat(ClassDescriptor.of(Samples.Box.class)).isSameAs(ClassDescriptor.of(Samples.Box.class));
    }

}
