package io.memlink.embedded.store;

import java.util.Arrays;

/**
 * One stored value with everything memcached keeps beside it. Confined to the thread of
 * the server. Created by a command, owned by the {@link Store} once stored; an item that
 * was replaced may still be read by the command that replaced it.
 *
 * @since 0.1.0
 */
public final class Item {

    private final Key key;

    private final boolean binaryKey;

    private final int clientFlags;

    private byte[] value;

    private long expiry;

    private long cas;

    private long accessed;

    private boolean fetched;

    private boolean stale;

    private boolean winSent;

    private long stores;

    private boolean active;

    private Segments.Segment segment = Segments.Segment.HOT;

    /**
     * Creates an item that is in no store yet.
     * @param key the key
     * @param value the value, not copied
     * @param clientFlags the client flags, unsigned
     * @param expiry the second at which it is gone, or {@link ServerTime#NEVER}
     * @param binaryKey whether replies show the key in base64
     */
    public Item(Key key, byte[] value, int clientFlags, long expiry, boolean binaryKey) {
        this.key = key;
        this.value = value;
        this.clientFlags = clientFlags;
        this.expiry = expiry;
        this.binaryKey = binaryKey;
    }

    public long size() {
        return ItemSize.of(this.key.length(), this.clientFlags, this.value.length);
    }

    public Key key() {
        return this.key;
    }

    public boolean binaryKey() {
        return this.binaryKey;
    }

    public int clientFlags() {
        return this.clientFlags;
    }

    public byte[] value() {
        return this.value;
    }

    void value(byte[] value) {
        this.value = value;
    }

    public long expiry() {
        return this.expiry;
    }

    public void expiry(long expiry) {
        this.expiry = expiry;
    }

    public long cas() {
        return this.cas;
    }

    public void cas(long cas) {
        this.cas = cas;
    }

    public long accessed() {
        return this.accessed;
    }

    public boolean fetched() {
        return this.fetched;
    }

    public boolean stale() {
        return this.stale;
    }

    void stale(boolean stale) {
        this.stale = stale;
    }

    public boolean winSent() {
        return this.winSent;
    }

    public void winSent(boolean winSent) {
        this.winSent = winSent;
    }

    /**
     * Returns how often a value was stored under this key without a gap.
     * @return the number of stores, 0 for a stub
     */
    public long stores() {
        return this.stores;
    }

    void stores(long stores) {
        this.stores = stores;
    }

    boolean active() {
        return this.active;
    }

    void active(boolean active) {
        this.active = active;
    }

    Segments.Segment segment() {
        return this.segment;
    }

    void segment(Segments.Segment segment) {
        this.segment = segment;
    }

    void created(long now) {
        this.accessed = now;
    }

    // As on a real server, the first fetch only marks the item, and later ones move its
    // access time.
    void accessed(long now) {
        if (this.fetched) {
            this.accessed = now;
        }
        this.fetched = true;
    }

    boolean expired(long now) {
        return this.expiry != ServerTime.NEVER && this.expiry <= now;
    }

    /**
     * The bytes of a key as a map key. Immutable, as long as nobody writes to the array
     * it was given or lends out.
     */
    public static final class Key {

        private final byte[] bytes;

        private final int hash;

        /**
         * Wraps the bytes of a key.
         * @param bytes the bytes, not copied
         */
        public Key(byte[] bytes) {
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
            return other instanceof Key key && this.hash == key.hash && Arrays.equals(this.bytes, key.bytes);
        }

        @Override
        public int hashCode() {
            return this.hash;
        }

    }

}
