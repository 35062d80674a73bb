package io.memlink.embedded.store;

/**
 * The memory a real server would charge for an item, which is also what its size limit is
 * compared with.
 */
final class ItemSize {

    // What a real server adds to key and value: its header, a CAS id, a NUL behind the
    // key, CRLF behind the value.
    private static final int OVERHEAD_BYTES = 48 + 8 + 1 + 2;

    private static final int CLIENT_FLAGS_BYTES = 4;

    private ItemSize() {
    }

    /**
     * Computes the size of an item in bytes from the lengths of its key and value.
     */
    static long of(int keyLength, int clientFlags, long valueLength) {
        return OVERHEAD_BYTES + keyLength + valueLength + ((clientFlags != 0) ? CLIENT_FLAGS_BYTES : 0);
    }

}
