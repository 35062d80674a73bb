package io.memlink.spring.cache.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.memlink.test.cases.Draw;
import org.junit.jupiter.api.Test;
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
    private static String text(Draw draw) {
        String characters = "ab/:,[]{}=0123s\u20ac\ud800 ";
        return draw.list(0, 6, () -> characters.charAt(draw.between(0, characters.length() - 1)))
            .stream()
            .map(String::valueOf)
            .collect(Collectors.joining());
    }

    private static Object key(Draw draw, int depth) {
        return (depth == 0 || draw.chance(0.2)) ? scalar(draw) : composite(draw, () -> key(draw, depth - 1));
    }

    private static Object scalar(Draw draw) {
        return draw.<Object>oneOf(() -> text(draw), () -> draw.between(-3, 12), () -> (long) draw.between(-3, 12),
                () -> draw.of(true, false), () -> draw.of("i1", "l1", "0"));
    }

    private static Object composite(Draw draw, Supplier<Object> parts) {
        List<Object> list = draw.list(0, 3, parts);
        return draw.<Object>oneOf(() -> list, () -> new SimpleKey(list.toArray()), () -> Optional.of(parts.get()),
                () -> Set.copyOf(list), () -> map(list), () -> new Pair(parts.get(), parts.get()), parts);
    }

    private static Map<Object, Object> map(List<Object> list) {
        Map<Object, Object> map = new HashMap<>();
        list.forEach((element) -> map.put(element, list.size()));
        return map;
    }

    @Test
    void differentKeysHaveDifferentTexts() {
        Draw.cases(5_000, (draw) -> {
            Object one = key(draw, 3);
            Object other = key(draw, 3);
            assertThat(this.keys.text(one).equals(this.keys.text(other))).isEqualTo(one.equals(other));
        });
    }

    @Test
    void anArrayHasOneTextWithEqualArraysOnly() {
        Draw.cases(1_000, (draw) -> {
            Object one = key(draw, 3);
            Object other = key(draw, 3);
            String text = this.keys.text(new Object[] { one, other });
            assertThat(this.keys.text(new Object[] { one, other })).isEqualTo(text);
            assertThat(this.keys.text(Arrays.asList(one, other))).isNotEqualTo(text);
            assertThat(this.keys.text(new Object[] { other, one }).equals(text)).isEqualTo(one.equals(other));
        });
    }

    @Test
    void whoTakesPartsFromAListHasAnotherKey() {
        Draw.cases(1_000, (draw) -> {
            Object one = key(draw, 3);
            Object other = key(draw, 3);
            List<Object> nested = new ArrayList<>(List.of(List.of(one), other));
            assertThat(this.keys.text(nested)).isNotEqualTo(this.keys.text(List.of(one, other)));
        });
    }

}
