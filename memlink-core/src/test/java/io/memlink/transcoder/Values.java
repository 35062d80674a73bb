package io.memlink.transcoder;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/**
 * Generated values, small and large, that compress well and not at all.
 */
final class Values {

    /** What the values of {@link #serializable()} are made of. */
    static final String FILTER = "java.lang.Integer;java.lang.Long;java.util.ArrayList;"
            + "java.util.LinkedHashMap;java.util.HashMap;java.math.*";

    private Values() {
    }

    static Arbitrary<byte[]> bytes() {
        Arbitrary<byte[]> random = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<byte[]> repeated = random.flatMap((unit) -> Arbitraries.integers().between(0, 400).map((times) -> {
            byte[] all = new byte[unit.length * times];
            for (int i = 0; i < all.length; i++) {
                all[i] = unit[i % unit.length];
            }
            return all;
        }));
        return Arbitraries.oneOf(random, repeated);
    }

    static Arbitrary<String> texts() {
        Arbitrary<String> characters = Arbitraries
            .oneOf(Arbitraries.integers().between(0, 0x7f), Arbitraries.integers().between(0, 0xd7ff),
                    Arbitraries.integers().between(0xe000, 0x10ffff))
            .map(Character::toString);
        return characters.list().ofMaxSize(50).flatMap((parts) -> {
            String text = String.join("", parts);
            return Arbitraries.of(1, 1, 1000).map(text::repeat);
        });
    }

    /** The types that have a form of their own in other clients. */
    static Arbitrary<Object> plain() {
        return Arbitraries.oneOf(texts().map(Object.class::cast), bytes().map(Object.class::cast),
                Arbitraries.integers().map(Object.class::cast), Arbitraries.longs().map(Object.class::cast),
                Arbitraries.bytes().map(Object.class::cast), Arbitraries.floats().map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast), Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.longs().map(Date::new).map(Object.class::cast));
    }

    static Arbitrary<Object> serializable() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(texts().map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast), Arbitraries.integers().map(Object.class::cast),
                Arbitraries.bigDecimals().map(Object.class::cast),
                Arbitraries.of(BigDecimal.TEN).map(Object.class::cast));
        return Arbitraries.lazyOf(() -> leaves,
                () -> leaves.injectNull(0.2).list().ofMaxSize(5).map(ArrayList::new).map(Object.class::cast),
                () -> leaves.list().ofMaxSize(5).map(Values::map).map(Object.class::cast));
    }

    private static Map<String, Object> map(List<Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((value) -> map.put("key-" + map.size(), value));
        return map;
    }

    /** Equality that looks into arrays. */
    static boolean same(Object one, Object other) {
        return (one instanceof byte[] bytes && other instanceof byte[] others) ? Arrays.equals(bytes, others)
                : one.getClass() == other.getClass() && one.equals(other);
    }

}
