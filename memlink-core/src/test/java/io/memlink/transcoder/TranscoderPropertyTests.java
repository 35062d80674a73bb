package io.memlink.transcoder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.test.cases.Draw;
import io.memlink.transcoder.Compression.InflationLimit;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What holds for all values: they are read back as they were, compressed or not.
 */
class TranscoderPropertyTests {

    private final JdkTranscoder jdk = new JdkTranscoder(Values.FILTER, getClass().getClassLoader());

    @Test
    void bytesAndTextComeBack() {
        Draw.cases(2_000, (draw) -> {
            byte[] bytes = Values.bytes(draw);
            String text = Values.text(draw);
            Compression compression = compression(draw);
            assertReturns(Transcoder.bytes(), bytes);
            assertReturns(Transcoder.text(), text);
            assertReturns(compressing(Transcoder.bytes(), compression), bytes);
            assertReturns(compressing(Transcoder.text(), compression), text);
        });
    }

    @Test
    void numbersComeBack() {
        Draw.cases(1_000, (draw) -> {
            long number = draw.longValue();
            int small = draw.intValue();
            assertReturns(NumberTranscoder.longs(), number);
            assertReturns(NumberTranscoder.ints(), small);
            assertThat(NumberTranscoder.longs().encode(number)).usingRecursiveComparison()
                .isEqualTo(Transcoder.text().encode(Long.toString(number)));
        });
    }

    @Test
    void objectsComeBack() {
        Draw.cases(2_000, (draw) -> {
            Object value = Values.serializable(draw);
            Compression compression = compression(draw);
            assertReturns(this.jdk, value);
            Transcoder<Object> objects = new ObjectTranscoder(this.jdk);
            assertReturns(objects, value);
            assertReturns(compressing(objects, compression), value);
        });
    }

    @Test
    void valuesOfOtherClientsComeBack() {
        Draw.cases(2_000, (draw) -> {
            Object value = Values.plain(draw);
            assertReturns(new InteropTranscoder(null), value);
            assertReturns(new InteropTranscoder(null, 0, InflationLimit.DEFAULT), value);
            assertReturns(new InteropTranscoder(this.jdk), value);
        });
    }

    @Test
    void compressingNeverMakesAValueLarger() {
        Draw.cases(2_000, (draw) -> {
            byte[] bytes = Values.bytes(draw);
            Compression compression = compression(draw);
            EncodedValue value = compressing(Transcoder.bytes(), compression).encode(bytes);
            assertThat(value.data()).hasSizeLessThanOrEqualTo(bytes.length);
            assertThat(ClientFlags.parse(value.flags()).isCompressed()).isEqualTo(value.data().length < bytes.length);
        });
    }

    @Test
    void aValueThatWasCutOrExtendedIsRefused() {
        Draw.cases(2_000, (draw) -> {
            byte[] bytes = Values.bytes(draw);
            String more = Values.text(draw);
            Compression compression = compression(draw);
            byte[] compressed = compression.compress(bytes);
            assertThat(compression.decompress(compressed, Math.max(1, bytes.length))).isEqualTo(bytes);
            for (int length : new int[] { 0, 1, compressed.length / 2, compressed.length - 1 }) {
                assertRefuses(compression, Arrays.copyOf(compressed, length));
            }
            byte[] tail = ("x" + more).getBytes(StandardCharsets.UTF_8);
            byte[] extended = Arrays.copyOf(compressed, compressed.length + tail.length);
            System.arraycopy(tail, 0, extended, compressed.length, tail.length);
            assertRefuses(compression, extended);
        });
    }

    private static void assertRefuses(Compression compression, byte[] data) {
        assertThatIllegalArgumentException().as("%s of %d bytes", compression.id(), data.length)
            .isThrownBy(() -> compression.decompress(data, 1 << 20));
    }

    @Test
    void arbitraryBytesAreNoCompressedValue() {
        Draw.cases(1_000, (draw) -> {
            byte[] bytes = Values.bytes(draw);
            Compression compression = compression(draw);
            assertRefuses(compression, bytes);
        });
    }

    @Test
    void flagsAreReadExactlyOrRefused() {
        Draw.cases(5_000, (draw) -> {
            int bits = draw.intValue();
            try {
                assertThat(ClientFlags.parse(bits).bits()).isEqualTo(bits);
            }
            catch (IllegalArgumentException ex) {
                assertThat(ex).hasMessageContaining("flags: 0x" + Integer.toHexString(bits));
            }
        });
    }

    private static <V> CompressingTranscoder<V> compressing(Transcoder<V> values, Compression compression) {
        return new CompressingTranscoder<>(values, compression, 0, InflationLimit.DEFAULT);
    }

    private static <V> void assertReturns(Transcoder<V> transcoder, V value) {
        V decoded = transcoder.decode(transcoder.encode(value));
        assertThat(Values.same(decoded, value)).as("%s", value).isTrue();
    }

    private static Compression compression(Draw draw) {
        return draw.of(Compression.gzip(), Compression.zstd(), Compression.lz4());
    }

}
