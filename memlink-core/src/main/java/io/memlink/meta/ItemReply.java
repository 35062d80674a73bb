package io.memlink.meta;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a server tells about an item beside its value. Does not change once it was read.
 */
abstract sealed class ItemReply permits Hit, Done {

    private @Nullable ItemDetails details;

    /**
     * Takes a flag of the reply; what is not known is ignored, since servers may learn
     * more.
     * @param letter the flag
     * @param number its argument, unsigned; -1 where it has none or is negative
     */
    void flag(byte letter, long number) {
        makeDetails().flag(letter, number);
    }

    final void key(byte[] key) {
        makeDetails().key(key);
    }

    private ItemDetails makeDetails() {
        ItemDetails details = this.details;
        if (details == null) {
            details = new ItemDetails();
            this.details = details;
        }
        return details;
    }

    final @Nullable ItemDetails details() {
        return this.details;
    }

    /**
     * Returns what identifies this version of the item.
     * @return unsigned; 0 where it was not asked for, and from servers that run without
     * CAS
     */
    public final long casToken() {
        return (this.details != null) ? this.details.casToken() : 0;
    }

    /**
     * Returns how long the item has to live.
     * @return whole seconds; {@code null} where it never expires
     * @throws IllegalStateException where it was not asked for
     */
    public final @Nullable Duration timeToLive() {
        long seconds = (this.details != null) ? this.details.timeToLiveSeconds() : ItemDetails.NOT_TOLD;
        if (seconds == ItemDetails.NOT_TOLD) {
            throw new IllegalStateException("timeToLive: not told (expected: a request that asks for it)");
        }
        return (seconds < 0) ? null : Duration.ofSeconds(seconds);
    }

    /**
     * Returns the length of the value.
     * @return bytes; -1 where it was not asked for or not told
     */
    public final int size() {
        return (this.details != null) ? this.details.size() : -1;
    }

    /**
     * Returns the key that the server read.
     * @return its bytes; {@code null} where it was not asked for
     */
    public final byte @Nullable [] echoedKey() {
        return (this.details != null) ? this.details.key() : null;
    }

}
