package io.memlink.spring;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import io.memlink.EncodedValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JsonTranscoderTests {

    private final JsonTranscoder transcoder = new JsonTranscoder(JsonMapper.shared(),
            List.of(JsonTranscoderTests.class.getPackageName()));

    record Line(String article, int count, BigDecimal price) {
    }

    record Order(UUID id, LocalDate date, List<Line> lines, Map<String, Line> byName, Shape shape) {
    }

    sealed interface Shape permits Circle, Square {

    }

    record Circle(double radius) implements Shape {
    }

    record Square(double side) implements Shape {
    }

    static class Animal {

        public String name = "";

        @Override
        public boolean equals(Object other) {
            return other != null && other.getClass() == getClass() && ((Animal) other).name.equals(this.name);
        }

        @Override
        public int hashCode() {
            return this.name.hashCode();
        }

    }

    static class Dog extends Animal {

    }

    record Owner(Animal animal) {
    }

    static List<Object> values() {
        Line line = new Line("bolt", 3, new BigDecimal("1.50"));
        Dog dog = new Dog();
        dog.name = "rex";
        return List.of("text", "", 42, 42L, 4.5, 4.5f, (short) 3, (byte) 1, true, 'x', new BigDecimal("12.340"),
                UUID.randomUUID(), LocalDate.of(2026, 11, 24), Instant.ofEpochSecond(1), line,
                new Order(UUID.randomUUID(), LocalDate.of(2026, 1, 1), List.of(line), Map.of("a", line), new Circle(2)),
                new ArrayList<>(Arrays.asList(line, null, "x", 1L)), List.of(line, line), List.of(1L, 2L), Set.of(line),
                new TreeMap<>(Map.of("a", 1L)), new LinkedHashMap<>(Map.of("a", List.of(new Square(1)))),
                new Owner(dog), dog, List.of());
    }

    @ParameterizedTest
    @MethodSource("values")
    void returnsWhatItWasGiven(Object value) {
        Object decoded = this.transcoder.decode(this.transcoder.encode(value));
        assertThat(decoded).isEqualTo(value);
        if (!(value instanceof Set || value instanceof List)) {
            assertThat(decoded).hasSameClassAs(value);
        }
    }

    @Test
    void keepsArrays() {
        byte[] bytes = { 0, 1, -1 };
        assertThat(this.transcoder.decode(this.transcoder.encode(bytes))).isEqualTo(bytes);
        long[] numbers = { 1, 2 };
        assertThat(this.transcoder.decode(this.transcoder.encode(numbers))).isEqualTo(numbers);
        String[] words = { "a", "b" };
        assertThat(this.transcoder.decode(this.transcoder.encode(words))).isEqualTo(words);
    }

    @Test
    void doesNotBelieveTypesThatAreNotTrusted() {
        for (String type : List.of("javax.swing.JEditorPane", "java.util.logging.FileHandler", "java.lang.Thread",
                "io.memlink.MemlinkClientBuilder", "java.net.URL", "[Ljava.lang.Thread;")) {
            String json = type.startsWith("[") ? "[\"" + type + "\",[]]" : "{\"@class\":\"" + type + "\"}";
            EncodedValue value = new EncodedValue(json.getBytes(StandardCharsets.UTF_8), ValueFormat.JSON.flags());
            assertThatThrownBy(() -> this.transcoder.decode(value)).as(type)
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("denied resolution");
        }
    }

    @Test
    void doesNotReadWhatItDidNotWrite() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { 'x' }, 0)))
            .withMessageContaining("flags: 0x0");
    }

}
