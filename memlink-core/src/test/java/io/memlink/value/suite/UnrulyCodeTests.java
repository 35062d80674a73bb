package io.memlink.value.suite;

import java.lang.ref.WeakReference;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;

import io.memlink.value.MemlinkTypeConverter;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotReadableException;
import io.memlink.value.ValueNotSupportedException;
import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.OwnForms;
import io.memlink.value.suite.shop.Records;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Code of applications that fails, lies or changes things is a refusal or a miss, and
 * never anything else.
 */
class UnrulyCodeTests {

    private static final TrustedClasses SHOP = TrustedClasses.of("io.memlink.value.suite.shop");

    private final ValueFormat format = ValueFormat.of(getClass().getClassLoader(), SHOP);

    private void assertRefused(ValueFormat by, Object value) {
        assertThatExceptionOfType(ValueNotSupportedException.class).isThrownBy(() -> by.encode(value));
    }

    @Test
    void wrappersOfListsThatFailOrLieAreRefusedOrSnapshots() {
        assertRefused(this.format, Collections.unmodifiableList(list(2, () -> {
            throw new IllegalStateException("failed");
        })));
        assertRefused(this.format, Collections.unmodifiableList(list(3, () -> {
            throw new StackOverflowError();
        })));
        for (int size : new int[] { 0, 1, 3, 1_000_000 }) {
            Collection<Object> lying = Collections.unmodifiableCollection(new java.util.AbstractCollection<Object>() {
                @Override
                public Iterator<Object> iterator() {
                    return List.<Object>of("a", "b").iterator();
                }

                @Override
                public int size() {
                    return size;
                }
            });
            byte[] bytes;
            try {
                bytes = this.format.encode(lying);
            }
            catch (ValueNotSupportedException ex) {
                continue;
            }
            assertThat((Collection<?>) this.format.decode(bytes)).hasSize(2);
        }
    }

    private static List<Object> list(int size, java.util.function.Supplier<Object> elements) {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return elements.get();
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    @Test
    void writingLeavesTheValueAsItWas() {
        List<String> items = new ArrayList<>(List.of("a"));
        Object record = Records.Mutating.of(items);
        try {
            this.format.encode(record);
        }
        catch (ValueNotSupportedException ex) {
            // As it should be.
        }
        assertThat(items).containsExactly("a");
    }

    @Test
    void smallStacksAreRefusalsAndMisses() throws Exception {
        Object deep = Beans.Node.chain(450);
        byte[] bytes = this.format.encode(deep);
        for (int kilobytes = 64; kilobytes <= 512; kilobytes *= 2) {
            assertThat(inSmallStack(kilobytes, () -> this.format.encode(deep))).matches("done|.*NotSupported.*");
            assertThat(inSmallStack(kilobytes, () -> this.format.decode(bytes))).matches("done|.*NotReadable.*");
        }
    }

    private static String inSmallStack(int kilobytes, Runnable work) throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> {
            try {
                work.run();
                return "done";
            }
            catch (Throwable ex) {
                return ex.getClass().getName();
            }
        });
        new Thread(null, task, "small", kilobytes * 1024L).start();
        return task.get();
    }

    @Test
    void convertersThatFailAreRefusals() {
        OwnForms.Money money = new OwnForms.Money("1.50");
        List<MemlinkTypeConverter<OwnForms.Money, String>> broken = List.of(converter((m) -> null, OwnForms.Money::new),
                converter((m) -> "1", (s) -> null), converter((m) -> "1", OwnForms.Money::new),
                converter((m) -> "x", OwnForms.Money::new), converter((m) -> {
                    throw new IllegalStateException("x");
                }, OwnForms.Money::new), converter((m) -> {
                    throw new StackOverflowError();
                }, OwnForms.Money::new));
        broken.forEach((each) -> assertRefused(this.format.with(each), money));
    }

    @Test
    void aConverterIntoItsOwnClassIsRefused() {
        ValueFormat endless = this.format
            .with(MemlinkTypeConverter.of(OwnForms.Money.class, OwnForms.Money.class, (m) -> m, (m) -> m));
        assertRefused(endless, new OwnForms.Money("1"));
    }

    @Test
    @SuppressWarnings({ "unchecked", "rawtypes" })
    void aConverterThatStoresAnotherClassThanItSaysIsRefused() {
        MemlinkTypeConverter lying = MemlinkTypeConverter.of((Class) OwnForms.Money.class, (Class) String.class,
                (m) -> 5L, (s) -> new OwnForms.Money("1"));
        assertRefused(this.format.with(lying), new OwnForms.Money("1"));
    }

    @Test
    void theOtherKindOfConverterIsAMiss() {
        ValueFormat texts = this.format.with(converter((m) -> "1.50", OwnForms.Money::new));
        ValueFormat numbers = this.format.with(MemlinkTypeConverter.of(OwnForms.Money.class, Long.class, (m) -> 150L,
                (n) -> new OwnForms.Money("1.50")));
        byte[] bytes = texts.encode(new OwnForms.Money("1.50"));
        assertThat(texts.decode(bytes)).isEqualTo(new OwnForms.Money("1.50"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> numbers.decode(bytes));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> this.format.decode(bytes));
    }

    private static MemlinkTypeConverter<OwnForms.Money, String> converter(
            java.util.function.Function<OwnForms.Money, String> to,
            java.util.function.Function<String, OwnForms.Money> from) {
        return MemlinkTypeConverter.of(OwnForms.Money.class, String.class, to, from);
    }

    @Test
    void classesOfAnotherLoaderAreRefused() {
        ClassLoader one = loaderOf(ClassChange.record("String a", "\"x\""));
        ClassLoader other = loaderOf(ClassChange.record("String a", "\"x\""));
        ValueFormat format = ValueFormat.of(other, TrustedClasses.of("com.example"));
        assertRefused(format, ClassChangeTrial.make(one));
        assertRefused(format, new ArrayList<>(List.of(ClassChangeTrial.make(other), ClassChangeTrial.make(one))));
        assertThat(format.encode(ClassChangeTrial.make(other))).isNotEmpty();
    }

    private static ClassLoader loaderOf(String source) {
        return SourceCompiler.load("com.example.changing.V",
                "package com.example.changing; import java.util.*; " + source);
    }

    @Test
    void aStaticInitialiserThatFailsIsAMiss() {
        String make = "public record V(E e) { public static Object make() { return new V(E.A); } } ";
        ClassLoader sound = loaderOf(make + "enum E { A }");
        byte[] bytes = ValueFormat.of(sound, TrustedClasses.of("com.example")).encode(ClassChangeTrial.make(sound));
        ValueFormat broken = ValueFormat.of(
                loaderOf(make + "enum E { A; static { if (true) throw new IllegalStateException(\"broken\"); } }"),
                TrustedClasses.of("com.example"));
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> broken.decode(bytes));
        }
    }

    @Test
    void aClassWhoseDependencyIsMissingIsAMiss() {
        String source = "package com.example.changing; public record V(D d) { public static Object make() { return new V(null); } } record D(int a) { }";
        Map<String, byte[]> all = SourceCompiler.compile(Map.of("com.example.changing.V", source));
        ClassLoader whole = SourceCompiler.loader(all, getClass().getClassLoader());
        Map<String, byte[]> part = new HashMap<>(all);
        part.remove("com.example.changing.D");
        ValueFormat missing = ValueFormat.of(SourceCompiler.loader(part, getClass().getClassLoader()),
                TrustedClasses.of("com.example"));
        byte[] bytes = ValueFormat.of(whole, TrustedClasses.of("com.example")).encode(ClassChangeTrial.make(whole));
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> missing.decode(bytes));
        }
        ValueFormat corrupt = ValueFormat.of(
                SourceCompiler.loader(Map.of("com.example.changing.V", new byte[] { 1, 2, 3 }), null),
                TrustedClasses.of("com.example"));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> corrupt.decode(bytes));
    }

    @Test
    void classLoadersCanGo() {
        List<WeakReference<ClassLoader>> gone = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            gone.add(used(ClassChange.bean("String a; List<String> b; E e = E.A; enum E { A } record R(int n) { }",
                    "v.a = \"x\"; v.b = new ArrayList<>(List.of(\"y\"));")));
        }
        Awaitility.await().untilAsserted(() -> {
            System.gc();
            assertThat(gone).allSatisfy((each) -> assertThat(each.get()).isNull());
        });
    }

    private static WeakReference<ClassLoader> used(String source) {
        ClassLoader loader = loaderOf(source);
        ValueFormat format = ValueFormat.of(loader, TrustedClasses.of("com.example"));
        for (int i = 0; i < 50; i++) {
            assertThat(format.decode(format.encode(ClassChangeTrial.make(loader)))).isNotNull();
        }
        return new WeakReference<>(loader);
    }

}
