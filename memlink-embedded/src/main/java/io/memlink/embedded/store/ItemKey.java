package io.memlink.embedded.store;

import java.util.Arrays;

/**
 * The bytes of a key as a map key. Immutable, as long as nobody writes to the array it
 * was given or lends out.
 *
 * @since 0.1.0
 */
public final class ItemKey {

    private final byte[] bytes;

    private final int hash;

    /**
     * Wraps the bytes of a key.
     * @param bytes the bytes, not copied
     */
    public ItemKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /**
     * Returns the bytes of the key.
     * @return the bytes, not copied
     */
    public byte[] bytes() {
        return this.bytes;
    }

    /**
     * Returns the length of the key.
     * @return the number of bytes
     */
    public int length() {
        return this.bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemKey key && this.hash == key.hash && Arrays.equals(this.bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return this.hash;
    }

}
