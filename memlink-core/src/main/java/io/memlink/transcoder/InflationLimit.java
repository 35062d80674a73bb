package io.memlink.transcoder;

/**
 * How large a compressed value may become: a few hundred bytes can claim to be gigabytes.
 * Immutable.
 *
 * @param maxBytes how many bytes, whatever it takes to say them; 1 or more
 * @param maxRatio how many bytes for each compressed one, 2 or more; not held against
 * values of less than 1 MiB
 * @since 0.1.0
 */
public record InflationLimit(int maxBytes, int maxRatio) {

    /**
     * The limit where no other is given: 16 values of 1 MiB, and 256 bytes for each one.
     */
    public static final InflationLimit DEFAULT = new InflationLimit(16 << 20, 256);

    private static final int HARMLESS_BYTES = 1 << 20;

    /**
     * Checks the numbers.
     * @param maxBytes how many bytes
     * @param maxRatio how many bytes for each compressed one
     */
    public InflationLimit {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: 1 or more)");
        }
        if (maxRatio < 2) {
            throw new IllegalArgumentException("maxRatio: " + maxRatio + " (expected: 2 or more)");
        }
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
