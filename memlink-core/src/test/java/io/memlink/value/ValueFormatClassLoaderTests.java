package io.memlink.value;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

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

    /** A class whose first use fails, near the end of a stack, cannot be used again. */
    @Test
    void aFormatHasItsClassesBeforeItIsUsed() throws ReflectiveOperationException {
        Recording loader = new Recording();
        Class<?> trust = loader.loadClass("io.memlink.value.TrustedClasses");
        Class<?> type = loader.loadClass("io.memlink.value.ValueFormat");
        Object trusted = trust.getMethod("of", String[].class).invoke(null, (Object) new String[] { "com.acme" });
        Object format = type.getMethod("of", ClassLoader.class, trust).invoke(null, loader, trusted);
        Set<String> before = new TreeSet<>(loader.loaded);
        List<Object> value = new ArrayList<>(List.of(new TreeMap<>(Map.of(1, 2)), Set.of(List.of(1), List.of(2)),
                new Object[] { 1L }, EnumSet.of(DayOfWeek.MONDAY), Collections.unmodifiableMap(new HashMap<>())));
        value.add(value);
        value.add(new HashSet<>(Set.of(value.get(1))));
        Object bytes = type.getMethod("encode", Object.class).invoke(format, value);
        assertThat(type.getMethod("decode", byte[].class).invoke(format, bytes)).isInstanceOf(List.class);
        loader.loaded.removeAll(before);
        assertThat(loader.loaded).isEmpty();
    }

    /** Has classes of the format of its own, and notes which. */
    private static final class Recording extends ClassLoader {

        private final Set<String> loaded = new TreeSet<>();

        Recording() {
            super(ValueFormatClassLoaderTests.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.memlink.value.") || findLoadedClass(name) != null) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                this.loaded.add(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
            catch (IOException ex) {
                throw new ClassNotFoundException(name, ex);
            }
        }

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
