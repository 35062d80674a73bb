package io.memlink.embedded.store;

/**
 * One stored value with everything memcached keeps beside it. Confined to the thread of
 * the server. Created by a command, owned by the {@link Store} once stored; an item that
 * was replaced may still be read by the command that replaced it.
 *
 * @since 0.1.0
 */
public final class Item {

    // What a real server adds to key and value: its header, a CAS id, a NUL behind the
    // key, CRLF behind the value.
    private static final int OVERHEAD_BYTES = 48 + 8 + 1 + 2;

    private static final int CLIENT_FLAGS_BYTES = 4;

    private final ItemKey key;

    private final boolean binaryKey;

    private final int clientFlags;

    private byte[] value;

    private long expiry;

    private long cas;

    private long accessed;

    private boolean fetched;

    private boolean stale;

    private boolean winSent;

    /**
     * Creates an item that is in no store yet.
     * @param key the key
     * @param value the value, not copied
     * @param clientFlags the client flags, unsigned
     * @param expiry the second at which it is gone, or {@link ServerTime#NEVER}
     * @param binaryKey whether replies show the key in base64
     */
    public Item(ItemKey key, byte[] value, int clientFlags, long expiry, boolean binaryKey) {
        this.key = key;
        this.value = value;
        this.clientFlags = clientFlags;
        this.expiry = expiry;
        this.binaryKey = binaryKey;
    }

    /**
     * Computes the memory a real server would charge, which is also what its size limit
     * is compared with.
     * @param keyLength the length of the key
     * @param clientFlags the client flags
     * @param valueLength the length of the value
     * @return the number of bytes
     */
    public static long size(int keyLength, int clientFlags, long valueLength) {
        return OVERHEAD_BYTES + keyLength + valueLength + ((clientFlags != 0) ? CLIENT_FLAGS_BYTES : 0);
    }

    public long size() {
        return size(this.key.length(), this.clientFlags, this.value.length);
    }

    public ItemKey key() {
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

}
