package io.memlink.transcoder;

import java.util.Locale;
import java.util.Objects;

import io.memlink.check.Require;

/**
 * A way to make bytes fewer. Implementations must be safe for use by many threads.
 * <p>
 * Those of other libraries than the JDK need these on the class path, and say so when
 * they are asked for: zstd {@code com.github.luben:zstd-jni}, lz4
 * {@code at.yawk.lz4:lz4-java}.
 *
 * @since 0.1.0
 */
public interface Compression {

    /**
     * Returns the number that stands for this compression in the {@link ClientFlags} of a
     * value.
     * @return 1 to 15; 8 and more are the application's own
     */
    int id();

    /**
     * Compresses bytes.
     * @param data the bytes; are not changed
     * @return what is perhaps fewer of them
     */
    byte[] compress(byte[] data);

    /**
     * Decompresses bytes, producing them piece by piece, so that a small value that
     * claims to be a huge one is given up before it costs memory.
     * @param data what {@link #compress} returned, or anything else
     * @param maxBytes how many bytes the result may have
     * @return the bytes
     * @throws IllegalArgumentException where the result has more bytes, or the data is no
     * compressed value
     */
    byte[] decompress(byte[] data, int maxBytes);

    /**
     * Returns gzip, which the JDK brings: slow, but readable by everybody.
     * @return the compression
     */
    static Compression gzip() {
        return GzipCompression.INSTANCE;
    }

    /**
     * Returns zstd: the best size for its time.
     * @return the compression
     * @throws IllegalStateException where {@code com.github.luben:zstd-jni} is missing
     */
    static Compression zstd() {
        OptionalLibrary.ZSTD.require();
        return ZstdCompression.INSTANCE;
    }

    /**
     * Returns lz4, in its frame format: the least time.
     * @return the compression
     * @throws IllegalStateException where {@code at.yawk.lz4:lz4-java} is missing
     */
    static Compression lz4() {
        OptionalLibrary.LZ4.require();
        return Lz4Compression.INSTANCE;
    }

    /**
     * Returns a compression by its name.
     * @param name {@code gzip}, {@code zstd} or {@code lz4}
     * @return the compression
     * @throws IllegalStateException where its library is missing
     */
    static Compression named(String name) {
        return switch (Objects.requireNonNull(name, "name").toLowerCase(Locale.ROOT)) {
            case "gzip" -> gzip();
            case "zstd" -> zstd();
            case "lz4" -> lz4();
            default -> throw new IllegalArgumentException("compression: " + name + " (expected: gzip, zstd or lz4)");
        };
    }

    /**
     * How large a compressed value may become: a few hundred bytes can claim to be
     * gigabytes. Immutable.
     *
     * @param maxBytes how many bytes, whatever it takes to say them; 1 or more
     * @param maxRatio how many bytes for each compressed one, 2 or more; not held against
     * values of less than 1 MiB
     */
    record InflationLimit(int maxBytes, int maxRatio) {

        /**
         * The limit where no other is given: 16 values of 1 MiB, and 256 bytes for each
         * one.
         */
        public static final InflationLimit DEFAULT = new InflationLimit(16 << 20, 256);

        private static final int HARMLESS_BYTES = 1 << 20;

        /**
         * Checks the numbers.
         * @param maxBytes how many bytes
         * @param maxRatio how many bytes for each compressed one
         */
        public InflationLimit {
            Require.within("maxBytes", maxBytes, 1, Integer.MAX_VALUE);
            Require.within("maxRatio", maxRatio, 2, Integer.MAX_VALUE);
        }

        /**
         * Returns how large one value may become.
         * @param compressedBytes its size while compressed
         * @return a number of bytes
         */
        public int of(int compressedBytes) {
            long byRatio = Math.max(HARMLESS_BYTES, (long) compressedBytes * this.maxRatio);
            return (int) Math.min(this.maxBytes, byRatio);
        }

    }

}
