package io.memlink.meta;

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
        ItemDetails details = details();
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
     * Returns whether the item is there only to mark a lease: it is empty, and somebody
     * makes its value. A value that is as empty and is made anew looks the same.
     * @return whether it is
     */
    public boolean isPlaceholder() {
        byte[] value = this.value;
        return (won() || alreadyWon()) && (value == null || value.length == 0) && this.clientFlags == 0;
    }

    @Override
    public String toString() {
        byte[] value = this.value;
        return "Hit[" + ((value != null) ? value.length + " bytes" : "no value") + (stale() ? ", stale" : "")
                + (won() ? ", won" : "") + (alreadyWon() ? ", already won" : "") + "]";
    }

}
