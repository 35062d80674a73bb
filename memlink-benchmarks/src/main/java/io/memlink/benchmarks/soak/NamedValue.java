package io.memlink.benchmarks.soak;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;

/**
 * A value that tells its key and its version, and whether it is whole.
 *
 * @param key the key it was stored under
 * @param version the version of that key
 */
public record NamedValue(String key, long version) {

    private static final int CHECKSUM = 8;

    /** Returns the bytes, of a random length. */
    public byte[] bytes() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int padding = (random.nextInt(100) == 0) ? random.nextInt(100_000) : random.nextInt(1000);
        byte[] head = (this.key + "|" + this.version + "|").getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = Arrays.copyOf(head, head.length + padding + CHECKSUM);
        Arrays.fill(bytes, head.length, head.length + padding, (byte) ('a' + random.nextInt(26)));
        byte[] checksum = checksum(bytes);
        System.arraycopy(checksum, 0, bytes, bytes.length - CHECKSUM, CHECKSUM);
        return bytes;
    }

    /** Reads a value back. Returns null for bytes that are no whole value. */
    public static @Nullable NamedValue of(byte[] bytes) {
        if (bytes.length < CHECKSUM
                || !Arrays.equals(checksum(bytes), Arrays.copyOfRange(bytes, bytes.length - CHECKSUM, bytes.length))) {
            return null;
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        int first = text.indexOf('|');
        int second = text.indexOf('|', first + 1);
        return (second < 0) ? null
                : new NamedValue(text.substring(0, first), Long.parseLong(text.substring(first + 1, second)));
    }

    private static byte[] checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, bytes.length - CHECKSUM);
        return String.format("%08x", crc.getValue()).getBytes(StandardCharsets.US_ASCII);
    }

}
