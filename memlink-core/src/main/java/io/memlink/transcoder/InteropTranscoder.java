package io.memlink.transcoder;

import java.util.Objects;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.transcoder.Compression.InflationLimit;
import org.jspecify.annotations.Nullable;

/**
 * Values as the default transcoders of spymemcached and xmemcached have them, which are
 * one and the same layout: to change the client, but keep the cache. Safe for use by many
 * threads.
 * <p>
 * Text is UTF-8; numbers and dates are binary, most significant byte first, without
 * leading zero bytes. Values of more than 16 KiB are compressed with gzip unless told
 * otherwise. The flags: <pre>
 *   31             16 15            8 7           2  1    0
 *  +-----------------+---------------+-------------+----+----+
 *  |        0        |     type      |      0      | gz | ser|
 *  +-----------------+---------------+-------------+----+----+
 *   type: 0 text  1 Boolean  2 Integer  3 Long  4 Date  5 Byte  6 Float  7 Double  8 byte[]
 * </pre> Objects of other types are written with JDK serialization by those clients; they
 * are written and read here only where a {@link JdkTranscoder} says which classes are
 * allowed. Counters are text, in these clients as here.
 *
 * @since 0.1.0
 */
public final class InteropTranscoder implements Transcoder<Object> {

    private static final int SERIALIZED = 1;

    private static final int COMPRESSED = 1 << 1;

    private static final int TEXT = 0;

    private final @Nullable JdkTranscoder objects;

    private final int threshold;

    private final InflationLimit limit;

    /**
     * Creates a transcoder with the threshold of those clients.
     * @param objects how objects of other types become bytes, or {@code null} where there
     * are none
     */
    public InteropTranscoder(@Nullable JdkTranscoder objects) {
        this(objects, CompressingTranscoder.DEFAULT_THRESHOLD, InflationLimit.DEFAULT);
    }

    /**
     * Creates a transcoder.
     * @param objects how objects of other types become bytes, or {@code null} where there
     * are none
     * @param threshold from how many bytes on values are compressed; 0 or more
     * @param limit how large a value may become that is read
     */
    public InteropTranscoder(@Nullable JdkTranscoder objects, int threshold, InflationLimit limit) {
        if (threshold < 0) {
            throw new IllegalArgumentException("threshold: " + threshold + " (expected: 0 or more)");
        }
        this.objects = objects;
        this.threshold = threshold;
        this.limit = Objects.requireNonNull(limit, "limit");
    }

    @Override
    public EncodedValue encode(Object value) {
        EncodedValue plain = plain(value);
        if (plain.data().length <= this.threshold) {
            return plain;
        }
        byte[] compressed = Compression.gzip().compress(plain.data());
        boolean better = compressed.length < plain.data().length
                && plain.data().length <= this.limit.of(compressed.length);
        return better ? new EncodedValue(compressed, plain.flags() | COMPRESSED) : plain;
    }

    private EncodedValue plain(Object value) {
        if (value instanceof String text) {
            return Transcoder.text().encode(text);
        }
        InteropType type = InteropType.of(value);
        if (type != null) {
            return new EncodedValue(type.encode(value), type.flags());
        }
        return new EncodedValue(objects(value.getClass().getName()).write(value, false), SERIALIZED);
    }

    private JdkTranscoder objects(String what) {
        if (this.objects == null) {
            throw new IllegalArgumentException("value: " + what
                    + " (expected: text, a number, a boolean, a date or bytes, or a filter of classes)");
        }
        return this.objects;
    }

    @Override
    public Object decode(EncodedValue value) {
        byte[] data = value.data();
        if ((value.flags() & COMPRESSED) != 0) {
            data = Compression.gzip().decompress(data, this.limit.of(data.length));
        }
        int flags = value.flags() & ~COMPRESSED;
        return switch (flags) {
            case TEXT -> Transcoder.text().decode(new EncodedValue(data, 0));
            case SERIALIZED -> objects("an object of JDK serialization").read(data, false);
            default -> InteropType.of(flags).decode(data);
        };
    }

}
