package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.Compression.InflationLimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CompressionTests {

    private static final String TEXT = "all work and no play makes jack a dull boy ".repeat(1000);

    static List<Compression> compressions() {
        return List.of(Compression.gzip(), Compression.zstd(), Compression.lz4());
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void aBombIsGivenUpBeforeItCostsMemory(Compression compression) {
        EncodedValue bomb = bomb(compression, 900);
        Transcoder<byte[]> transcoder = new CompressingTranscoder<>(Transcoder.bytes(), null, 0,
                InflationLimit.DEFAULT);
        long before = allocated();
        assertThatIllegalArgumentException().isThrownBy(() -> transcoder.decode(bomb))
            .withMessageStartingWith("value: larger once decompressed");
        assertThat(allocated() - before).isLessThan(3L * InflationLimit.DEFAULT.maxBytes());
    }

    @Test
    void aBombOfAnotherClientIsGivenUpBeforeItCostsMemory() {
        EncodedValue bomb = new EncodedValue(bomb(Compression.gzip(), 900).data(), 2);
        long before = allocated();
        assertThatIllegalArgumentException().isThrownBy(() -> new InteropTranscoder(null).decode(bomb))
            .withMessageContaining("larger once decompressed");
        assertThat(allocated() - before).isLessThan(3L * InflationLimit.DEFAULT.maxBytes());
    }

    @Test
    void aSmallValueMayNotBecomeHuge() {
        InflationLimit limit = new InflationLimit(64 << 20, 100);
        assertThat(limit.of(10)).isEqualTo(1 << 20);
        assertThat(limit.of(20_000)).isEqualTo(2_000_000);
        assertThat(limit.of(Integer.MAX_VALUE)).isEqualTo(64 << 20);
        Transcoder<byte[]> transcoder = new CompressingTranscoder<>(Transcoder.bytes(), null, 0, limit);
        EncodedValue small = bomb(Compression.zstd(), 2);
        assertThat(small.data()).hasSizeLessThan(1000);
        assertThatIllegalArgumentException().isThrownBy(() -> transcoder.decode(small))
            .withMessageContaining("at most 1048576 bytes");
    }

    /** So many MiB of zeros, in one frame after the other. */
    private static EncodedValue bomb(Compression compression, int mebibytes) {
        byte[] frame = compression.compress(new byte[1 << 20]);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < mebibytes; i++) {
            all.writeBytes(frame);
        }
        return new EncodedValue(all.toByteArray(), new ClientFlags(ClientFlags.PLAIN, compression.id()).bits());
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void aValueOfTheLargestSizeIsRead(Compression compression) {
        byte[] data = new byte[1 << 20];
        byte[] compressed = compression.compress(data);
        assertThat(compression.decompress(compressed, 1 << 20)).isEqualTo(data);
        assertThatIllegalArgumentException().isThrownBy(() -> compression.decompress(compressed, (1 << 20) - 1));
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void readsWhatWasWrittenWithAnotherSetting(Compression compression) {
        EncodedValue value = new CompressingTranscoder<>(Transcoder.text(), compression).encode(TEXT);
        assertThat(value.data().length).isLessThan(TEXT.length() / 10);
        assertThat(new CompressingTranscoder<>(Transcoder.text(), Compression.gzip()).decode(value)).isEqualTo(TEXT);
        assertThat(new CompressingTranscoder<>(Transcoder.text(), null, 0, InflationLimit.DEFAULT).decode(value))
            .isEqualTo(TEXT);
    }

    @Test
    void leavesSmallValuesAsTheyAre() {
        CompressingTranscoder<String> transcoder = new CompressingTranscoder<>(Transcoder.text(), Compression.gzip(),
                100, InflationLimit.DEFAULT);
        assertThat(transcoder.encode("x".repeat(99)).flags()).isZero();
        assertThat(transcoder.encode("x".repeat(100)).flags()).isEqualTo(0x4D4C_0100);
    }

    @Test
    void storesWhatItWouldNotReadAsItIs() {
        CompressingTranscoder<byte[]> transcoder = new CompressingTranscoder<>(Transcoder.bytes(), Compression.zstd(),
                0, new InflationLimit(16 << 20, 2));
        byte[] data = new byte[2 << 20];
        assertThat(transcoder.encode(data).data()).isSameAs(data);
    }

    @Test
    void doesNotCompressTwice() {
        Transcoder<String> once = new CompressingTranscoder<>(Transcoder.text(), Compression.gzip());
        assertThatIllegalArgumentException().isThrownBy(() -> new CompressingTranscoder<>(once, Compression.gzip()))
            .withMessageContaining("values: CompressingTranscoder");
        Transcoder<EncodedValue> hidden = new CompressingTranscoder<>(Transcoder.encoded(), Compression.gzip());
        assertThatIllegalArgumentException().isThrownBy(() -> hidden.encode(once.encode(TEXT)))
            .withMessageContaining("compressed already");
    }

    @Test
    void doesNotGuessAtUnknownFlags() {
        Transcoder<Object> transcoder = new CompressingTranscoder<>(
                new ObjectTranscoder(new JdkTranscoder("java.util.ArrayList", getClass().getClassLoader())),
                Compression.gzip());
        byte[] data = "[]".getBytes(StandardCharsets.UTF_8);
        for (int flags : new int[] { 1, 2, 0x4D4C_1002, 0x4D4C_0000, 0x4D4C_0502, 0x4D4C_0008, 0x1234_5678 }) {
            assertThatIllegalArgumentException().as("0x%x", flags)
                .isThrownBy(() -> transcoder.decode(new EncodedValue(data, flags)));
        }
    }

    @Test
    void isFoundByItsName() {
        assertThat(Compression.named("gzip")).isSameAs(Compression.gzip());
        assertThat(Compression.named("ZSTD")).isSameAs(Compression.zstd());
        assertThat(Compression.named("lz4")).isSameAs(Compression.lz4());
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.named("brotli"))
            .withMessage("compression: brotli (expected: gzip, zstd or lz4)");
    }

}
