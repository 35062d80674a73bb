package io.memlink.placement;

import java.nio.charset.StandardCharsets;

/**
 * The 64 bits that a key, or the identity of a backend, is reduced to. Must never change,
 * since all clients of a cache have to agree.
 */
final class KeyHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;

    private static final long FNV_PRIME = 0x100000001b3L;

    private KeyHash() {
    }

    /** FNV-1a over 64 bits, whose weak high bits are mixed afterwards. */
    static long of(byte[] bytes) {
        long hash = FNV_OFFSET;
        for (byte b : bytes) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return mix(hash);
    }

    static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The finalizer of MurmurHash3: each bit of the input changes half of the output. */
    static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

}
