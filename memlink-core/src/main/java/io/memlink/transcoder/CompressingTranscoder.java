package io.memlink.transcoder;

import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.check.Require;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.Compression.InflationLimit;
import org.jspecify.annotations.Nullable;

/**
 * The values of another transcoder, compressed where that makes them smaller. Safe for
 * use by many threads.
 * <p>
 * It reads whatever any built-in {@link Compression} wrote, whichever it writes itself,
 * and values that are not compressed, so that the setting may change while values live.
 * What it would refuse to read for its size, or what does not become smaller, is stored
 * as it is. Bytes appended to a compressed value make it undecodable.
 *
 * @param <V> the type of the values
 * @since 0.1.0
 */
public final class CompressingTranscoder<V> implements Transcoder<V> {

    /** The size from which values are compressed unless told otherwise, in bytes. */
    public static final int DEFAULT_THRESHOLD = 16 << 10;

    private final Transcoder<V> values;

    private final @Nullable Compression compression;

    private final int threshold;

    private final InflationLimit limit;

    /**
     * Creates a transcoder with the default threshold and limit.
     * @param values how values become bytes; their flags are 0 or {@link ClientFlags}
     * @param compression what makes them fewer
     */
    public CompressingTranscoder(Transcoder<V> values, Compression compression) {
        this(values, Objects.requireNonNull(compression, "compression"), DEFAULT_THRESHOLD, InflationLimit.DEFAULT);
    }

    /**
     * Creates a transcoder.
     * @param values how values become bytes; their flags are 0 or {@link ClientFlags}
     * @param compression what makes them fewer; {@code null} to read only
     * @param threshold from how many bytes on values are compressed; 0 or more
     * @param limit how large a value may become that is read
     */
    public CompressingTranscoder(Transcoder<V> values, @Nullable Compression compression, int threshold,
            InflationLimit limit) {
        if (values instanceof CompressingTranscoder) {
            throw new IllegalArgumentException("values: CompressingTranscoder (expected: one that does not compress)");
        }
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold: " + threshold + " (expected: 0 or more)");
        }
        this.values = Objects.requireNonNull(values, "values");
        this.compression = compression;
        this.threshold = threshold;
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public EncodedValue encode(V value) {
        EncodedValue plain = Require.returned("transcoder", this.values, this.values.encode(value), "bytes and flags");
        Compression compression = this.compression;
        if (compression == null) {
            return plain;
        }
        ClientFlags flags = ClientFlags.parse(plain.flags());
        requireNotCompressed(flags);
        if (plain.data().length < this.threshold) {
            return plain;
        }
        byte[] compressed = compression.compress(plain.data());
        boolean better = compressed.length < plain.data().length
                && plain.data().length <= this.limit.of(compressed.length);
        return better ? new EncodedValue(compressed, flags.compressedBy(compression.id()).bits()) : plain;
    }

    @Override
    public V decode(EncodedValue value) {
        if (!ClientFlags.isMarked(value.flags())) {
            return this.values.decode(value);
        }
        ClientFlags flags = ClientFlags.parse(value.flags());
        if (!flags.isCompressed()) {
            return this.values.decode(value);
        }
        byte[] data = compression(flags.compression()).decompress(value.data(), this.limit.of(value.data().length));
        return this.values.decode(new EncodedValue(data, flags.compressedBy(0).bits()));
    }

    private Compression compression(int id) {
        if (this.compression != null && this.compression.id() == id) {
            return this.compression;
        }
        return switch (id) {
            case 1 -> Compression.gzip();
            case 2 -> Compression.zstd();
            case 3 -> Compression.lz4();
            default -> throw new IllegalArgumentException("compression: " + id + " (expected: 1 to 3)");
        };
    }

    private static void requireNotCompressed(ClientFlags flags) {
        if (flags.isCompressed()) {
            throw new IllegalArgumentException("value: compressed already (expected: one that is not)");
        }
    }

}
