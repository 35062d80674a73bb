package io.memlink.spring.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.memlink.meta.EncodedValue;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import io.memlink.value.ValueNotSupportedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** JSON brings values back as they were, or does not write them. */
class StrictJsonTranscoderTests {

    private static final int FLAGS = 0x4D4C_0009;

    private final StrictJsonTranscoder transcoder = transcoder(StrictJsonTranscoderTests.class.getPackageName());

    private static StrictJsonTranscoder transcoder(String trusted) {
        return new StrictJsonTranscoder(
                ValueFormat.of(StrictJsonTranscoderTests.class.getClassLoader(), TrustedClasses.of(trusted)));
    }

    enum Level {

        LOW {
            @Override
            int height() {
                return 1;
            }
        },

        HIGH;

        int height() {
            return 2;
        }

    }

    record Price(String currency, BigDecimal amount, long[] history, Level level, char sign, float rate) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Price price && toString().equals(price.toString())
                    && Arrays.equals(this.history, price.history);
        }

        @Override
        public int hashCode() {
            return 1;
        }

        @Override
        public String toString() {
            return this.currency + this.amount + this.level + this.sign + this.rate;
        }

    }

    static class Account {

        @JsonIgnore
        String secret = "s3cret";

        private final int number;

        List<Object> entries = new ArrayList<>();

        Account(int number) {
            this.number = number;
        }

        public String getSecret() {
            throw new IllegalStateException();
        }

    }

    record Point(int x, String name) {
    }

    record Hashed(String name) {

        static boolean fails;

        @Override
        public int hashCode() {
            if (fails) {
                throw new AssertionError();
            }
            return 1;
        }

    }

    private static Price price() {
        return new Price("EUR", new BigDecimal("12.50"), new long[] { 1, Long.MIN_VALUE }, Level.LOW, '€', Float.NaN);
    }

    static Stream<Object> values() {
        return Stream.of(price(), new HashMap<>(Map.of(5L, price())), new HashMap<>(Map.of(LocalDate.EPOCH, "x")),
                new HashMap<>(Map.of(Level.LOW, 1, Level.HIGH, 2)), Map.of(new UUID(1, 2), 'c', new UUID(2, 1), 'd'),
                new TreeMap<>(Map.of(1, "a", 2, "b")), new TreeSet<>(Set.of("a", "b")), Set.of(1, 2L, 3.0, "4"),
                new HashSet<>(Arrays.asList(null, "a")), Arrays.asList(1, null, 3.5, true, (short) 4),
                Optional.of(List.of(Optional.empty())), Instant.EPOCH, Double.NaN, -0.0, 1e300,
                new BigDecimal("1E+400"), new LinkedHashMap<>(Map.of("@type", "x")), Collections.emptyList(),
                List.of(new ArrayList<>(List.of(new HashMap<>()))), List.of(Level.LOW, Level.HIGH));
    }

    @ParameterizedTest
    @MethodSource("values")
    void bringsValuesBack(Object value) {
        EncodedValue encoded = this.transcoder.encode(value);
        assertThat(encoded.flags()).isEqualTo(FLAGS);
        assertThat(this.transcoder.decode(encoded)).isEqualTo(value).hasSameClassAs(value);
    }

    private void assertNotRead(String json, String cause) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(json(json)))
            .withMessageContaining("JSON that led to a " + cause);
    }

    @Test
    void tablesOfCollidingTablesAreNotComparedForEver() {
        StringBuilder sets = new StringBuilder("[\"HashSet\"");
        for (int i = 0; i < 300; i++) {
            sets.append(",[\"LinkedHashSet\"");
            for (int j = 0; j < 500; j++) {
                int first = (j > 0) ? j : 2000 + i;
                sets.append(",[\"ArrayList\",").append(first).append(',').append(-31 * first).append(']');
            }
            sets.append(']');
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> assertNotRead(sets.append(']').toString(), "java.lang.IllegalArgumentException"));
    }

    @Test
    void immutableTablesAreNoLargerThanTheFormatHasThem() {
        Stream<String> numbers = IntStream.range(0, 100_000).mapToObj((i) -> "," + i * 8192);
        String json = numbers.collect(Collectors.joining("", "[\"Set.of\"", "]"));
        assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> assertNotRead(json, "java.lang.IllegalArgumentException"));
        Set<Integer> set = IntStream.range(0, 128).boxed().collect(Collectors.toUnmodifiableSet());
        assertThat(this.transcoder.decode(this.transcoder.encode(set))).isEqualTo(set);
    }

    @Test
    void keepsArraysAndFieldsThatOthersIgnore() {
        Object[] arrays = { new Object[] { 1, "a" }, new String[][] { { "a" }, {}, null }, new int[] { 1, -1 },
                new byte[] { 0, -1 }, new Price[] { price() }, new double[0], new Level[] { Level.LOW } };
        assertThat(this.transcoder.decode(this.transcoder.encode(arrays))).isEqualTo(arrays);
        Account account = new Account(7);
        account.entries.add(price());
        Account back = (Account) this.transcoder.decode(this.transcoder.encode(account));
        assertThat(back.secret).isEqualTo("s3cret");
        assertThat(back.number).isEqualTo(7);
        assertThat(back.entries).isEqualTo(account.entries);
    }

    @Test
    void isReadableByOthers() {
        String json = new String(this.transcoder.encode(price()).data(), StandardCharsets.UTF_8);
        assertThat(json).matches(
                "\\{\"@type\":\"[\\w.$]+Price#[0-9a-f]+\",\"currency\":\"EUR\",\"amount\":\\[\"BigDecimal\",12.50],.*}");
    }

    @Test
    void refusesWhatItDoesNotBringBack() {
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> this.transcoder.encode(List.of(new ReentrantLock())));
        assertThatExceptionOfType(ValueNotSupportedException.class)
            .isThrownBy(() -> transcoder("com.acme").encode(price()));
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(List.of(Pattern.compile("a"))))
            .withMessageContaining("java.util.regex.Pattern in it, which has no form in JSON");
        List<Object> cycle = new ArrayList<>();
        cycle.add(cycle);
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(cycle));
    }

    static Stream<Object> changeableParts() {
        return Stream.of(new ArrayList<>(), new HashMap<>(Map.of(1, 2)), new TreeSet<>(Set.of(1)), Arrays.asList(1, 2),
                new Account(1), new Date(0), new Timestamp(0), new StringBuilder("a"), new AtomicLong(1),
                new AtomicReference<>("a"), new int[] { 1 }, new byte[] { 1 }, new Object[] { new Object[] { 1 } },
                new AbstractMap.SimpleEntry<>(1, 2));
    }

    @ParameterizedTest
    @MethodSource("changeableParts")
    void refusesOneChangeablePartInTwoPlaces(Object part) {
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(List.of(part, List.of(part))))
            .withMessageContaining("in two places, which can be changed");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.encode(List.of(Optional.of(part), List.of(part))));
        // Two of them are two.
        assertThat(this.transcoder.encode(List.of(part, "other")).data()).isNotEmpty();
    }

    @Test
    void keepsTwoEqualPartsAndAPartInTwoPlacesThatCannotBeChanged() {
        List<Object> equal = List.of(new ArrayList<>(), new ArrayList<>(), new Date(0), new Date(0));
        assertThat(this.transcoder.decode(this.transcoder.encode(equal))).isEqualTo(equal);
        for (Object part : List.of("text", 5L, Level.LOW, new BigDecimal("1.5"), Instant.EPOCH, new UUID(1, 2),
                List.of(1, "a"), Set.of(1), Map.of(1, 2), Optional.of(1), Collections.unmodifiableList(List.of(1)),
                new Point(1, "a"), new Object[0], new AbstractMap.SimpleImmutableEntry<>(1, 2))) {
            List<Object> twice = List.of(part, List.of(part));
            assertThat(this.transcoder.decode(this.transcoder.encode(twice))).usingRecursiveComparison()
                .isEqualTo(twice);
        }
    }

    /** Two classes of the JDK have this name. */
    @Test
    void namesOneDate() {
        assertThat(new String(this.transcoder.encode(new Date[0]).data(), StandardCharsets.UTF_8))
            .isEqualTo("[\"Date[]\"]");
    }

    @Test
    void errorsOfClassesAreAMiss() {
        EncodedValue value = this.transcoder.encode(new HashSet<>(List.of(new Hashed("a"))));
        Hashed.fails = true;
        try {
            assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(value));
        }
        finally {
            Hashed.fails = false;
        }
    }

    @Test
    void readsNoClassThatIsNotTrustedOrHasChanged() {
        EncodedValue value = this.transcoder.encode(price());
        assertThatIllegalArgumentException().isThrownBy(() -> transcoder("com.acme").decode(value))
            .withMessageContaining("a type that is trusted");
        String changed = new String(value.data(), StandardCharsets.UTF_8).replaceFirst("#.", "#");
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.decode(json(changed)))
            .withMessageContaining("the fields that the class has now");
    }

    private static EncodedValue json(String text) {
        return new EncodedValue(text.getBytes(StandardCharsets.UTF_8), FLAGS);
    }

    @Test
    void readsNothingElse() {
        for (String json : List.of("", "null", "{}", "[]", "[\"ArrayList\"", "1 2", "[\"Thread\"]",
                "[\"Object\",\"a\"]", "[\"Long\",\"a\"]", "[\"HashMap\",1]", "[\"java.lang.Thread#0\",\"a\"]",
                "[\"Level[]\"]", "[\"Object[]\"", "{\"@type\":\"java.lang.Thread#0\"}", "[".repeat(100_000))) {
            assertThatIllegalArgumentException().as(json).isThrownBy(() -> this.transcoder.decode(json(json)));
        }
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { '1' }, 0x4D4C_0003)));
    }

}
