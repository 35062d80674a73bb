package io.memlink.spring.cache.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.springframework.cache.interceptor.SimpleKey;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for all keys: they have one text if and only if they are the same, whatever
 * they consist of.
 */
class CacheKeysPropertyTests {

    private final CacheKeys keys = new CacheKeys(null);

    record Pair(Object first, Object second) {
    }

    /** Text of the characters that keys are put together with. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab/:,[]{}=0123s\u20ac\ud800 ").ofMaxLength(6);
    }

    @Provide
    Arbitrary<Object> keys() {
        Arbitrary<Object> scalars = Arbitraries.oneOf(texts(), Arbitraries.integers().between(-3, 12),
                Arbitraries.longs().between(-3, 12), Arbitraries.of(true, false), Arbitraries.of("i1", "l1", "0"));
        return Arbitraries.recursive(() -> scalars, CacheKeysPropertyTests::composites, 0, 3);
    }

    private static Arbitrary<Object> composites(Arbitrary<Object> parts) {
        Arbitrary<List<Object>> lists = parts.list().ofMaxSize(3);
        return Arbitraries.oneOf(lists, lists.map((list) -> new SimpleKey(list.toArray())), parts.map(Optional::of),
                lists.map(Set::copyOf), lists.map(CacheKeysPropertyTests::map),
                parts.flatMap((first) -> parts.map((second) -> new Pair(first, second))), parts);
    }

    private static Map<Object, Object> map(List<Object> list) {
        Map<Object, Object> map = new HashMap<>();
        list.forEach((element) -> map.put(element, list.size()));
        return map;
    }

    @Property(tries = 5_000)
    void differentKeysHaveDifferentTexts(@ForAll("keys") Object one, @ForAll("keys") Object other) {
        assertThat(this.keys.text(one).equals(this.keys.text(other))).isEqualTo(one.equals(other));
    }

    @Property
    void anArrayHasOneTextWithEqualArraysOnly(@ForAll("keys") Object one, @ForAll("keys") Object other) {
        String text = this.keys.text(new Object[] { one, other });
        assertThat(this.keys.text(new Object[] { one, other })).isEqualTo(text);
        assertThat(this.keys.text(Arrays.asList(one, other))).isNotEqualTo(text);
        assertThat(this.keys.text(new Object[] { other, one }).equals(text)).isEqualTo(one.equals(other));
    }

    @Property
    void whoTakesPartsFromAListHasAnotherKey(@ForAll("keys") Object one, @ForAll("keys") Object other) {
        List<Object> nested = new ArrayList<>(List.of(List.of(one), other));
        assertThat(this.keys.text(nested)).isNotEqualTo(this.keys.text(List.of(one, other)));
    }

}
