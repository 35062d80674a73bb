package io.memlink.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.memlink.value.Samples.Color;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ValueTextTests {

    private final ValueFormat format = Samples.format();

    private String show(Object value) {
        return ValueText.of(this.format.encode(value));
    }

    @Test
    void showsWhatAValueConsistsOf() {
        assertThat(
                show(new Samples.Product("a\"b", new BigDecimal("1.50"), Instant.EPOCH, List.of("x", "y"), Color.RED)))
            .isEqualTo("io.memlink.value.Samples$Product(\"a\\\"b\", BigDecimal(1.50), Instant(1970-01-01T00:00:00Z), "
                    + "List.of [\"x\", \"y\"], io.memlink.value.Samples$Color.RED)");
        assertThat(show(new Samples.Primitives(true, (byte) -1, (short) 2, 'c', 3, 4, 5.5f, 6.5, null, -7)))
            .isEqualTo("io.memlink.value.Samples$Primitives(true, -1, 2, 'c', 3, 4L, 5.5f, 6.5, null, -7)");
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put(1L, new int[] { 1, 2 });
        map.put(TimeUnit.DAYS, new String[][] { { "a" } });
        map.put(Samples.Only.INSTANCE, false);
        assertThat(show(map)).isEqualTo("LinkedHashMap {Long(1): int[] [1, 2], TimeUnit.DAYS: String[][] [String[] "
                + "[\"a\"]], io.memlink.value.Samples$Only(): false}");
        assertThat(show(new TreeMap<>(Map.of("a", 1)).descendingMap())).isEqualTo("TreeMap descending {\"a\": 1}");
        assertThat(show(Arrays.asList(EnumSet.of(Color.RED), new EnumMap<>(Map.of(Color.BLUE, 1)), Map.entry(1, 2))))
            .isEqualTo("Arrays.asList [EnumSet of io.memlink.value.Samples$Color [RED], EnumMap of "
                    + "io.memlink.value.Samples$Color {BLUE: 1}, Map.entry 1: 2]");
    }

    @Test
    void showsWhatIsThereTwice() {
        Samples.Node node = new Samples.Node("a");
        node.next = node;
        assertThat(show(new ArrayList<>(List.of(node, node))))
            .isEqualTo("ArrayList [#1=io.memlink.value.Samples$Node(\"a\", #1), #1]");
    }

    @Test
    void showsTheStructureWithoutValues() {
        String text = ValueText
            .structureOf(this.format.encode(List.of(new Samples.Box("secret"), 5, 6L, Map.of("key", Color.RED))));
        assertThat(text).isEqualTo("List.of [io.memlink.value.Samples$Box(******), ******, Long ******, Map.of "
                + "{******: io.memlink.value.Samples$Color.******}]");
    }

    @Test
    void showsABeginningOfWhatIsLong() {
        assertThat(show(Collections.nCopies(100_000, "text"))).hasSizeLessThan(70_000).endsWith("...");
        assertThat(show(new byte[1000])).contains("of 1000").hasSizeLessThan(1000);
        assertThat(show(BigInteger.ONE.shiftLeft(1_000_000))).isEqualTo("BigInteger(1000001 bits)");
    }

    @Test
    void refusesWhatIsMalformed() {
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> ValueText.of(new byte[] { 9 }));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(() -> ValueText.of(new byte[0]));
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> ValueText.of(Bytes.of(1).repeat(10_000, 81, 1).toArray()));
        assertThatExceptionOfType(ValueNotReadableException.class).isThrownBy(
                () -> ValueText.of(Bytes.of(1, Kind.OBJECT, 0).repeat(8, 0).add(1, 'a').number(1 << 30).toArray()));
    }

}
