package io.memlink.placement;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HashTagLocatorTests {

    private static final List<Backend> BACKENDS = IntStream.range(0, 20)
        .mapToObj((i) -> Backend.parse("cache-" + i))
        .toList();

    @ParameterizedTest
    @CsvSource({ "user:{42}:name, 42", "{a}, a", "{a}{b}, a", "a{b{c}d}, b{c", "plain, plain", "{}x, {}x",
            "x{}{a}, x{}{a}", "{open, {open", "}{, }{", "a}b{c}, c" })
    void partInTheFirstBracesIsLocated(String key, String expected) {
        AtomicReference<String> located = new AtomicReference<>();
        NodeLocator.Factory recording = (backends) -> (bytes) -> {
            located.set(new String(bytes, StandardCharsets.UTF_8));
            return 0;
        };

        recording.withHashTag().create(BACKENDS).locate(bytes(key));
        assertThat(located).hasValue(expected);
    }

    @Test
    void keysOfOneTagLiveTogetherAndAreExplainedAlike() {
        NodeLocator locator = NodeLocator.rendezvous().withHashTag().create(BACKENDS);
        byte[] name = bytes("user:{42}:name");
        byte[] orders = bytes("orders of {42}");

        assertThat(locator.locate(name)).isEqualTo(locator.locate(orders));
        assertThat(locator.candidates(name)).isEqualTo(locator.candidates(orders));
        assertThat(locator.hash(name)).isEqualTo(locator.hash(orders))
            .isEqualTo(NodeLocator.rendezvous().create(BACKENDS).hash(bytes("42")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

}
