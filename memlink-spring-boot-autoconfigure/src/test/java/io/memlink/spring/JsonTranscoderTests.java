package io.memlink.spring;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.ClientFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ParameterizedTypeReference;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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

    record Holder(Object content) {
    }

    record Maybe(Optional<Line> line, OptionalInt number, Optional<Animal> animal, List<Optional<Animal>> animals) {
    }

    record Numbers(int one, Long two, float three, Double four, byte five, char six, Integer seven,
            List<String> eight) {
    }

    enum Color {

        RED, GREEN

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
                new Owner(dog), dog, List.of(), Optional.of("x"), Optional.empty(), Optional.of(line), Optional.of(dog),
                Optional.of(1L), new ArrayList<>(List.of(Optional.of(line), Optional.empty(), Optional.of(dog))),
                new Holder(Optional.of(line)), new Holder(Optional.empty()), new Holder(null),
                new Maybe(Optional.of(line), OptionalInt.of(1), Optional.of(dog),
                        List.of(Optional.of(dog), Optional.empty())),
                new Maybe(Optional.empty(), OptionalInt.empty(), Optional.empty(), List.of()), Color.RED,
                new ArrayList<>(List.of(Color.RED)), new EnumMap<>(Map.of(Color.RED, line)), EnumSet.of(Color.RED),
                Duration.ofMillis(1500), LocalDateTime.of(2026, 11, 25, 2, 34), LocalTime.NOON, Year.of(2026),
                YearMonth.of(2026, 11), ZonedDateTime.of(2026, 11, 25, 2, 34, 0, 0, ZoneId.of("Europe/Berlin")),
                ZonedDateTime.of(2026, 11, 25, 2, 34, 0, 7, ZoneId.of("UTC")), Period.ofDays(3),
                OffsetDateTime.of(2026, 11, 25, 2, 34, 0, 0, ZoneOffset.ofHours(2)), ZoneId.of("Europe/Berlin"),
                ZoneOffset.UTC, Locale.GERMANY, Currency.getInstance("EUR"), URI.create("https://example.org/x"),
                new Date(1), new BigInteger("123456789012345678901234567890"),
                new ConcurrentHashMap<>(Map.of("a", line)), Collections.singletonList(line), Collections.emptyMap(),
                Collections.unmodifiableMap(new TreeMap<>(Map.of("a", line))), new Line(null, 0, null),
                new Numbers(1, 2L, 3f, 4d, (byte) 5, 'c', null, null));
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

    @ParameterizedTest
    @ValueSource(strings = { "javax.swing.JEditorPane", "java.util.logging.FileHandler", "java.lang.Thread",
            "io.memlink.MemlinkClientBuilder", "java.net.URL", "[Ljava.lang.Thread;", "java.util.Timer",
            "java.util.Scanner", "java.util.Formatter", "java.util.ServiceLoader", "java.io.File", "java.lang.Class",
            "java.util.ArrayList<java.lang.Thread>", "java.util.HashMap<java.lang.String,java.util.Timer>",
            "io.memlink.springfield.Evil", "Evil", "" })
    void doesNotBelieveTypesThatAreNotTrusted(String type) {
        for (String json : List.of("{\"@class\":\"" + type + "\"}", "[\"" + type + "\",[]]",
                "[\"java.util.ArrayList\",[{\"@class\":\"" + type + "\"}]]",
                "{\"@class\":\"java.util.HashMap\",\"key\":[\"" + type + "\",{}]}",
                "{\"@class\":\"" + Holder.class.getName() + "\",\"content\":[\"" + type + "\",\"text\"]}")) {
            assertThatIllegalArgumentException().as(json)
                .isThrownBy(() -> this.transcoder.decode(json(json)))
                .withMessage("value: JSON with the type %s in it (expected: a type that is trusted)",
                        type.isEmpty() ? "?" : type.replaceAll("<.*", "").equals(type) ? type : namedIn(type));
        }
    }

    @Test
    void aClassThatIsGoneIsNoQuestionOfTrust() {
        String gone = JsonTranscoderTests.class.getPackageName() + ".Gone";
        for (String json : List.of("{\"@class\":\"" + gone + "\"}", "[\"java.util.ArrayList<" + gone + ">\",[]]")) {
            assertThatIllegalArgumentException().as(json)
                .isThrownBy(() -> this.transcoder.decode(json(json)))
                .withMessageContaining(gone)
                .withMessageContaining("(expected: a class that is there)");
        }
    }

    /** Says when it is initialized, which only reading its constants does. */
    enum Foreign {

        ONE;

        static {
            System.setProperty("memlink.test.foreign", "initialized");
        }

    }

    @Test
    void initializesNoTypeArgumentThatIsNotTrusted() {
        JsonTranscoder careful = new JsonTranscoder(JsonMapper.shared(), List.of("com.acme"));
        String name = JsonTranscoderTests.class.getName() + "$Foreign";
        for (String json : List.of("[\"java.util.EnumSet<" + name + ">\",[\"ONE\"]]",
                "[\"java.util.EnumSet<" + name + ">\",[]]",
                "{\"@class\":\"java.util.EnumMap<" + name + ",java.lang.Object>\",\"ONE\":1}",
                "{\"@class\":\"java.util.HashMap<java.lang.String,java.util.ArrayList<" + name + ">>\"}")) {
            assertThatIllegalArgumentException().as(json)
                .isThrownBy(() -> careful.decode(json(json)))
                .withMessageContaining("a type that is trusted");
        }
        assertThat(System.getProperty("memlink.test.foreign")).isNull();
    }

    /** It is the parameter that is refused. */
    private static String namedIn(String generic) {
        return generic.contains("Thread") ? "java.lang.Thread" : "java.util.Timer";
    }

    @Test
    void doesNotCallConstructorsWithEffects(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "content");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(json("[\"java.util.Formatter\",\"" + file + "\"]")));
        assertThat(file).hasContent("content");
    }

    @Test
    void doesNotBelieveAnnotatedTypesThatAreNotTrusted() {
        JsonTranscoder nothingTrusted = new JsonTranscoder(JsonMapper.shared(), List.of("io.memlink.other"));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> nothingTrusted.decode(this.transcoder.encode(values().get(14))))
            .withMessageContaining("$Line in it");
    }

    @Test
    void namesNoPartOfAValueThatItCannotRead() {
        for (String json : List.of("secret", "{\"secret\":", "[\"" + Line.class.getName() + "\",\"secret\"]",
                "{\"@class\":\"" + Line.class.getName() + "\",\"count\":\"secret\"}", "{\"@class\":\"sec ret\"}",
                "[\"java.util.UUID\",\"secret\"]", "null", "42 \"secret\"")) {
            assertThatIllegalArgumentException().as(json)
                .isThrownBy(() -> this.transcoder.decode(json(json)))
                .satisfies((ex) -> assertThat(ex).hasMessageNotContaining("sec").hasNoCause());
        }
    }

    @Test
    void readsJsonOfADeclaredType() {
        Transcoder<Line> lines = this.transcoder.declared(Line.class);
        Line line = new Line("bolt", 3, null);
        assertThat(lines.encode(line).data()).asString().isEqualTo("{\"article\":\"bolt\",\"count\":3,\"price\":null}");
        assertThat(lines.decode(lines.encode(line))).isEqualTo(line);
        Transcoder<Map<String, List<Line>>> maps = this.transcoder
            .declared(new ParameterizedTypeReference<Map<String, List<Line>>>() {
            });
        Map<String, List<Line>> map = Map.of("a", Arrays.asList(line, null));
        assertThat(maps.decode(maps.encode(map))).isEqualTo(map);
        Transcoder<Optional<Line>> optionals = this.transcoder
            .declared(new ParameterizedTypeReference<Optional<Line>>() {
            });
        assertThat(optionals.decode(optionals.encode(Optional.of(line)))).contains(line);
    }

    @Test
    void doesNotTakeOneKindOfJsonForTheOther() {
        Line line = new Line("bolt", 3, null);
        Transcoder<Line> lines = this.transcoder.declared(Line.class);
        assertThatIllegalArgumentException().isThrownBy(() -> lines.decode(this.transcoder.encode(line)))
            .withMessage("codec: 3 (expected: 4)");
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(lines.encode(line)))
            .withMessage("codec: 4 (expected: 3)");
        Transcoder<Object> objects = this.transcoder.declared(Object.class);
        assertThat(objects.decode(lines.encode(line))).isInstanceOf(Map.class);
    }

    @Test
    void readsWhatItWroteBeforeNumbersWereDigits() {
        assertThat(this.transcoder.decode(json("[\"java.lang.Long\",42]"))).isEqualTo(42L);
        assertThat(this.transcoder.decode(json("42"))).isEqualTo(42);
        assertThat(this.transcoder.encode(42L).data()).asString().isEqualTo("42");
    }

    @Test
    void doesNotReadWhatItDidNotWrite() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { 'x' }, 0)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { 'x' }, 0x200)))
            .withMessageContaining("flags: 0x200");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { 'x' }, 0x4D4C_0103)))
            .withMessageContaining("compressed");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", ".", "com.acme.", "com.acme.*", "**" })
    void trustsNamesOfPackagesOnly(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JsonTranscoder(JsonMapper.shared(), List.of(name)))
            .withMessage("trustedPackages: \"" + name + "\" (expected: the name of a package)");
    }

    private static EncodedValue json(String json) {
        return new EncodedValue(json.getBytes(StandardCharsets.UTF_8), ClientFlags.of(ClientFlags.JSON).bits());
    }

}
