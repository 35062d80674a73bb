package io.memlink.meta;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An item that was found, with as much about it as was asked for. Does not change once it
 * was read, but for the value, which belongs to whoever asked.
 *
 * @since 0.1.0
 */
public final class Hit extends ItemReply implements MetaReply {

    private static final int STALE = 1;

    private static final int WON = 2;

    private static final int ALREADY_WON = 4;

    private static final int HIT_BEFORE = 8;

    private final byte @Nullable [] value;

    private int clientFlags;

    private int marks;

    Hit(byte @Nullable [] value) {
        this(value, 0);
    }

    Hit(byte @Nullable [] value, int clientFlags) {
        this.value = value;
        this.clientFlags = clientFlags;
    }

    @Override
    void flag(byte letter, long number) {
        switch (letter) {
            case 'f' -> this.clientFlags = (int) number;
            case 'h' -> this.marks |= (number == 1) ? HIT_BEFORE : 0;
            case 'X' -> this.marks |= STALE;
            case 'W' -> this.marks |= WON;
            case 'Z' -> this.marks |= ALREADY_WON;
            default -> super.flag(letter, number);
        }
    }

    /**
     * Returns the value.
     * @return its bytes, not copied; {@code null} where it was not asked for, or
     * {@link MetaGet.Builder#unlessCas left out}
     */
    public byte @Nullable [] value() {
        return this.value;
    }

    /**
     * Returns the client flags.
     * @return all 32 bits; 0 where they were not asked for
     */
    public int clientFlags() {
        return this.clientFlags;
    }

    /**
     * Returns how long ago the item was used.
     * @return seconds, approximately; -1 where it was not asked for
     */
    public int lastAccessSeconds() {
        Details details = details();
        return (details != null) ? details.lastAccessSeconds() : -1;
    }

    /**
     * Returns whether the item had been fetched before.
     * @return whether it had; false where it was not asked for
     */
    public boolean hitBefore() {
        return (this.marks & HIT_BEFORE) != 0;
    }

    /**
     * Returns whether the item was marked stale.
     * @return whether it was
     */
    public boolean stale() {
        return (this.marks & STALE) != 0;
    }

    /**
     * Returns whether the server chose this client to make the value anew.
     * @return whether it did
     */
    public boolean won() {
        return (this.marks & WON) != 0;
    }

    /**
     * Returns whether the server has chosen another client to make the value anew.
     * @return whether it has
     */
    public boolean alreadyWon() {
        return (this.marks & ALREADY_WON) != 0;
    }

    /**
     * Returns what the marks of the server mean together: the one reading of them.
     * @return the state
     */
    public State state() {
        if (isPlaceholder()) {
            return won() ? State.LEASE_WON : State.LEASE_TAKEN;
        }
        if (stale()) {
            return won() ? State.STALE_WON : State.STALE;
        }
        return won() ? State.REFRESH_WON : State.FRESH;
    }

    /**
     * Returns the value with its client flags, as a transcoder decodes it.
     * @return the value
     * @throws NullPointerException where it was not asked for
     */
    public EncodedValue encodedValue() {
        return new EncodedValue(Objects.requireNonNull(this.value, "value"), this.clientFlags);
    }

    /**
     * Returns whether the item is there only to mark a lease: it is empty, and somebody
     * makes its value. A value that is as empty and is made anew looks the same.
     * @return whether it is
     */
    public boolean isPlaceholder() {
        byte[] value = this.value;
        return (won() || alreadyWon()) && (value == null || value.length == 0) && this.clientFlags == 0;
    }

    /**
     * The meaning of a hit to its reader.
     */
    public enum State {

        /** A value; nothing else is to be done. */
        FRESH,

        /** A value that may be used; this client was chosen to load it anew. */
        REFRESH_WON,

        /** A value that was marked stale; another client was chosen to load it anew. */
        STALE,

        /** A value that was marked stale; this client was chosen to load it anew. */
        STALE_WON,

        /** No value; this client was given the lease to load it. */
        LEASE_WON,

        /** No value; another client has the lease to load it. */
        LEASE_TAKEN;

        /**
         * Returns whether a reader that takes no leases misses: there is no value, or it
         * is stale and nobody else was told to replace it.
         * @return whether it does
         */
        public boolean isMiss() {
            return this == LEASE_WON || this == LEASE_TAKEN || this == STALE_WON;
        }

    }

    @Override
    public String toString() {
        byte[] value = this.value;
        return "Hit[" + ((value != null) ? value.length + " bytes" : "no value") + (stale() ? ", stale" : "")
                + (won() ? ", won" : "") + (alreadyWon() ? ", already won" : "") + "]";
    }

}
