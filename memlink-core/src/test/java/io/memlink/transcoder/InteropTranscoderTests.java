package io.memlink.transcoder;

import java.sql.Timestamp;

import io.memlink.meta.EncodedValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InteropTranscoderTests {

    private final InteropTranscoder transcoder = new InteropTranscoder(null);

    @Test
    void doesNotWriteObjectsWithoutAFilter() {
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(new StringBuilder("secret")))
            .withMessage("value: java.lang.StringBuilder (expected: text, a number, a boolean, a date or bytes, or a "
                    + "filter of classes)");
    }

    @Test
    void doesNotTakeATimestampForADate() {
        Timestamp timestamp = Timestamp.valueOf("2026-11-25 02:34:38.123456789");
        assertThatIllegalArgumentException().isThrownBy(() -> this.transcoder.encode(timestamp));
        InteropTranscoder objects = new InteropTranscoder(
                new JdkTranscoder("java.sql.Timestamp;java.util.Date", getClass().getClassLoader()));
        assertThat(objects.decode(objects.encode(timestamp))).isEqualTo(timestamp).isInstanceOf(Timestamp.class);
    }

    @Test
    void doesNotGuessAtUnknownFlags() {
        for (int flags : new int[] { 4, 8, 0x900, 0x101, 0x10000, 0x4D4C_0002, 0x8000_0000 }) {
            assertThatIllegalArgumentException().as("0x%x", flags)
                .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[] { '1' }, flags)));
        }
    }

    @Test
    void doesNotReadNumbersOfTheWrongSize() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[5], 0x200)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[9], 0x300)));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> this.transcoder.decode(new EncodedValue(new byte[1], 0x100)));
        assertThat(this.transcoder.decode(new EncodedValue(new byte[0], 0x300))).isEqualTo(0L);
    }

}
