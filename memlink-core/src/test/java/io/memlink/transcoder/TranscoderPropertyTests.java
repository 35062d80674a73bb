package io.memlink.transcoder;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.Compression.InflationLimit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What holds for all values: they are read back as they were, compressed or not.
 */
class TranscoderPropertyTests {

    private final JdkTranscoder jdk = new JdkTranscoder(Values.FILTER, getClass().getClassLoader());

    @Property(tries = 2_000)
    void bytesAndTextComeBack(@ForAll("bytes") byte[] bytes, @ForAll("texts") String text,
            @ForAll("compressions") Compression compression) {
        assertReturns(Transcoder.bytes(), bytes);
        assertReturns(Transcoder.text(), text);
        assertReturns(compressing(Transcoder.bytes(), compression), bytes);
        assertReturns(compressing(Transcoder.text(), compression), text);
    }

    @Property
    void numbersComeBack(@ForAll long number, @ForAll int small) {
        assertReturns(NumberTranscoder.longs(), number);
        assertReturns(NumberTranscoder.ints(), small);
        assertThat(NumberTranscoder.longs().encode(number)).usingRecursiveComparison()
            .isEqualTo(Transcoder.text().encode(Long.toString(number)));
    }

    @Property(tries = 2_000)
    void objectsComeBack(@ForAll("serializable") Object value, @ForAll("compressions") Compression compression) {
        assertReturns(this.jdk, value);
        Transcoder<Object> objects = new ObjectTranscoder(this.jdk);
        assertReturns(objects, value);
        assertReturns(compressing(objects, compression), value);
    }

    @Property(tries = 2_000)
    void valuesOfOtherClientsComeBack(@ForAll("plain") Object value) {
        assertReturns(new InteropTranscoder(null), value);
        assertReturns(new InteropTranscoder(null, 0, InflationLimit.DEFAULT), value);
        assertReturns(new InteropTranscoder(this.jdk), value);
    }

    @Property(tries = 2_000)
    void compressingNeverMakesAValueLarger(@ForAll("bytes") byte[] bytes,
            @ForAll("compressions") Compression compression) {
        EncodedValue value = compressing(Transcoder.bytes(), compression).encode(bytes);
        assertThat(value.data()).hasSizeLessThanOrEqualTo(bytes.length);
        assertThat(ClientFlags.parse(value.flags()).isCompressed()).isEqualTo(value.data().length < bytes.length);
    }

    @Property(tries = 2_000)
    void aValueThatWasCutOrExtendedIsRefused(@ForAll("bytes") byte[] bytes, @ForAll("texts") String more,
            @ForAll("compressions") Compression compression) {
        byte[] compressed = compression.compress(bytes);
        assertThat(compression.decompress(compressed, Math.max(1, bytes.length))).isEqualTo(bytes);
        for (int length : new int[] { 0, 1, compressed.length / 2, compressed.length - 1 }) {
            assertRefuses(compression, Arrays.copyOf(compressed, length));
        }
        byte[] tail = ("x" + more).getBytes(StandardCharsets.UTF_8);
        byte[] extended = Arrays.copyOf(compressed, compressed.length + tail.length);
        System.arraycopy(tail, 0, extended, compressed.length, tail.length);
        assertRefuses(compression, extended);
    }

    private static void assertRefuses(Compression compression, byte[] data) {
        assertThatIllegalArgumentException().as("%s of %d bytes", compression.id(), data.length)
            .isThrownBy(() -> compression.decompress(data, 1 << 20));
    }

    @Property
    void arbitraryBytesAreNoCompressedValue(@ForAll("bytes") byte[] bytes,
            @ForAll("compressions") Compression compression) {
        assertRefuses(compression, bytes);
    }

    @Property(tries = 5_000)
    void flagsAreReadExactlyOrRefused(@ForAll int bits) {
        try {
            assertThat(ClientFlags.parse(bits).bits()).isEqualTo(bits);
        }
        catch (IllegalArgumentException ex) {
            assertThat(ex).hasMessageContaining("flags: 0x" + Integer.toHexString(bits));
        }
    }

    private static <V> CompressingTranscoder<V> compressing(Transcoder<V> values, Compression compression) {
        return new CompressingTranscoder<>(values, compression, 0, InflationLimit.DEFAULT);
    }

    private static <V> void assertReturns(Transcoder<V> transcoder, V value) {
        V decoded = transcoder.decode(transcoder.encode(value));
        assertThat(Values.same(decoded, value)).as("%s", value).isTrue();
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Values.bytes();
    }

    @Provide
    Arbitrary<String> texts() {
        return Values.texts();
    }

    @Provide
    Arbitrary<Object> plain() {
        return Values.plain();
    }

    @Provide
    Arbitrary<Object> serializable() {
        return Values.serializable();
    }

    @Provide
    Arbitrary<Compression> compressions() {
        return Arbitraries.of(Compression.gzip(), Compression.zstd(), Compression.lz4());
    }

}
