package io.memlink.spring;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.spring.json.StrictJsonTranscoder;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the suite of the value format asks of strict JSON: classes that change are a miss,
 * bytes that somebody made up cost little, and no class runs code that nobody trusts.
 * Tries more changed bytes with {@code -Dmemlink.test.mutations=1000000}; started by hand
 * with the name of a file, writes the table of the changes of classes as it is now.
 */
class StrictJsonSuiteTests {

    private static final int TIMES = Integer.getInteger("memlink.test.mutations", 50_000);

    private static ValueSuite suite() throws Exception {
        return ValueSuite.of(
                (loader, trusted) -> new StrictJsonTranscoder(ValueFormat.of(loader, TrustedClasses.of(trusted))),
                0x4D4C_0009);
    }

    @Test
    void changesOfClassesAreWhatIsWrittenDown() throws Exception {
        List<String> written;
        try (var in = getClass().getResourceAsStream("/value/class-changes-json.txt")) {
            written = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
        List<String> now = suite().classChanges();
        assertThat(now).hasSizeGreaterThan(100).isEqualTo(written);
        assertThat(now)
            .allSatisfy((line) -> assertThat(line).matches("(equal|miss|refused) +(equal|miss|refused|-) .*"));
    }

    @Test
    void changedBytesAreAMissOrASoundValue() throws Exception {
        Map<String, Object> mutations = suite().mutations(TIMES, 42);
        assertThat((List<?>) mutations.get("failures")).isEmpty();
        assertThat((Map<?, ?>) mutations.get("outcomes")).hasSizeGreaterThan(1);
        assertThat((Long) mutations.get("mostAllocated")).isLessThan(8 << 20);
    }

    @Test
    void costlyValuesAreRefusedOrReadInProportionToTheirBytes() throws Exception {
        assertThat(suite().costlyValues()).hasSizeGreaterThan(60)
            .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isIn("read", "refused"));
    }

    @Test
    void noCodeOfClassesRunsThatAreNotTrusted() throws Exception {
        assertThat(suite().foreignClasses()).hasSizeGreaterThan(20)
            .allSatisfy((name, outcome) -> assertThat(outcome).as(name).isEqualTo("miss"));
    }

    /** So many that what is not linear would not end. */
    static Stream<Arguments> costlyBytes() {
        String digits = "9".repeat(8 << 20);
        return Stream.of(Arguments.of("lists in lists", "[\"ArrayList\",".repeat(100_000)),
                Arguments.of("objects in objects", "{\"@type\":".repeat(100_000)),
                Arguments.of("sets in sets", "[\"HashSet\",".repeat(400) + "1" + "]".repeat(400)),
                Arguments.of("maps in keys", "[\"HashMap\",".repeat(400) + "1" + ",1]".repeat(400)),
                Arguments.of("dimensions", "[\"Object" + "[]".repeat(4 << 20) + "\"]"),
                Arguments.of("digits", "[\"BigInteger\"," + digits + "]"),
                Arguments.of("digits as a text", "[\"BigInteger\",\"" + digits + "\"]"),
                Arguments.of("digits of a decimal as a text", "[\"BigDecimal\",\"" + digits + "\"]"),
                Arguments.of("colliding lists", colliding("HashSet", "")),
                Arguments.of("colliding lists as keys", colliding("HashMap", ",1")),
                Arguments.of("colliding lists in Set.of", colliding("Set.of", "")), Arguments.of("colliding doubles",
                        many("HashSet", 3_000, (i) -> "[\"Double\",\"" + collidingNumber(i) + "\"]")));
    }

    private static String collidingNumber(long number) {
        return Double.toString(Double.longBitsToDouble(number << 32 | number));
    }

    /** Lists of one text each, whose hash codes are the same. */
    private static String colliding(String table, String value) {
        return many(table, 100_000,
                (i) -> IntStream.range(0, 17)
                    .mapToObj((bit) -> ((i >> bit & 1) == 0) ? "Aa" : "BB")
                    .collect(Collectors.joining("", "[\"List.of\",\"", "\"]" + value)));
    }

    private static String many(String tag, int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining(",", "[\"" + tag + "\",", "]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("costlyBytes")
    void costlyBytesAreAMiss(String name, String json) throws Exception {
        assertThat(suite().costlyBytes(json.getBytes(StandardCharsets.UTF_8))).isEqualTo("miss");
    }

    public static void main(String[] args) throws Exception {
        Files.write(Path.of(args[0]), suite().classChanges());
    }

}
