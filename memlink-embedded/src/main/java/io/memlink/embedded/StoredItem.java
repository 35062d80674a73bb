package io.memlink.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;

/**
 * An item that a server had stored under a key at the moment it was asked. Looking is no
 * use of the item. Immutable, as long as nobody writes to the arrays it lends out.
 *
 * @since 0.1.0
 */
public final class StoredItem {

    private final byte[] key;

    private final byte[] value;

    private final long clientFlags;

    private final Optional<Duration> timeToLive;

    private final long cas;

    private final boolean stale;

    private final boolean fetched;

    private final long stores;

    StoredItem(Item item, long now) {
        this.key = item.key().bytes();
        this.value = item.value();
        this.clientFlags = Integer.toUnsignedLong(item.clientFlags());
        this.timeToLive = (item.expiry() == ServerTime.NEVER) ? Optional.empty()
                : Optional.of(Duration.ofSeconds(item.expiry() - now));
        this.cas = item.cas();
        this.stale = item.stale();
        this.fetched = item.fetched();
        this.stores = item.stores();
    }

    /**
     * Returns the key.
     * @return the bytes of the key as UTF-8; of a key in base64, its decoded bytes
     */
    public String key() {
        return new String(this.key, StandardCharsets.UTF_8);
    }

    /**
     * Returns the bytes of the value.
     * @return the value, not copied
     */
    public byte[] value() {
        return this.value;
    }

    /**
     * Returns the value as a text.
     * @return the bytes of the value as UTF-8
     */
    public String text() {
        return new String(this.value, StandardCharsets.UTF_8);
    }

    /**
     * Returns the client flags.
     * @return the flags, 0 to 2^32 - 1
     */
    public long clientFlags() {
        return this.clientFlags;
    }

    /**
     * Returns how long the item lives.
     * @return the time in whole seconds, empty if it does not expire
     */
    public Optional<Duration> timeToLive() {
        return this.timeToLive;
    }

    /**
     * Returns the CAS id.
     * @return the id, unsigned
     */
    public long cas() {
        return this.cas;
    }

    /**
     * Tells whether the item was marked stale.
     * @return whether it was
     */
    public boolean stale() {
        return this.stale;
    }

    /**
     * Tells whether the item was ever fetched.
     * @return whether it was
     */
    public boolean fetched() {
        return this.fetched;
    }

    /**
     * Returns how often clients stored a value under this key, since there was none.
     * @return the number of stores
     */
    public long stores() {
        return this.stores;
    }

    @Override
    public String toString() {
        return key() + " (" + this.value.length + " bytes, flags " + this.clientFlags + ", cas " + this.cas + ")";
    }

}
