package io.memlink.meta;

/**
 * The server did what it was asked: stored, deleted, counted. Does not change once it was
 * read.
 *
 * @since 0.1.0
 */
public final class Done extends ItemReply implements MetaReply {

    static final Done PLAIN = new Done(0);

    private final long number;

    Done(long number) {
        this.number = number;
    }

    /**
     * Returns the number after counting.
     * @return unsigned; 0 where it was not asked for
     */
    public long number() {
        return this.number;
    }

    @Override
    public String toString() {
        return "Done[" + Long.toUnsignedString(this.number) + ", cas " + Long.toUnsignedString(casToken()) + "]";
    }

}
