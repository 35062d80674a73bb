package io.memlink.value;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What failures say of bytes that may name anything.
 */
class MadeUpNameTests {

    private final ValueFormat format = Samples.format();

    @Test
    void messagesAreShortAndPrintable() {
        byte[] name = ("io.memlink\n\u001b[31m\u202e" + "x".repeat(900_000))
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        ByteOutput out = new ByteOutput(1 << 20);
        out.u8(ValueFormat.VERSION);
        out.u8(Kind.OBJECT);
        out.u8(0);
        out.u64(1);
        out.sized(name);
        out.size(0);
        assertThatExceptionOfType(ValueNotReadableException.class)
            .isThrownBy(() -> this.format.decode(out.array(), 0, out.position()))
            .satisfies(
                    (ex) -> assertThat(ex.getMessage()).hasSizeLessThan(600).doesNotContain("\n", "\u001b", "\u202e"))
            .satisfies((ex) -> assertThat(ex.className()).hasSizeLessThan(250).doesNotContain("\n", "\u001b", "\u202e"))
            .withNoCause();
        assertThat(ValueText.of(java.util.Arrays.copyOf(out.array(), out.position()))).doesNotContain("\n", "\u001b",
                "\u202e");
    }

    @Test
    void shapesHaveTheBoundsOfTypeVariables() {
        assertThat(ClassShape.describe(Bounded.class))
            .isEqualTo("object " + Bounded.class.getName() + "|" + Bounded.class.getName()
                    + "<T:java.lang.Number&java.lang.Comparable<T>>;list java.util.List<T> java.util.List");
    }

    static final class Bounded<T extends Number & Comparable<T>> {

        List<T> list = List.of();

    }

}
