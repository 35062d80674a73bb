package io.memlink.meta;

import java.time.Duration;
import java.util.Arrays;

import io.memlink.meta.wire.Opaque;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * The part of a reply that tells about an item beside its value. Does not change once it
 * was read.
 */
abstract sealed class ItemReply permits Hit, Done {

    private long casToken;

    private @Nullable Details details;

    /**
     * Takes a flag of the reply; what is not known is ignored, since servers may learn
     * more.
     * @param letter the flag
     * @param number its argument, unsigned; -1 where it has none or is negative
     */
    void flag(byte letter, long number) {
        if (letter == 'c') {
            this.casToken = number;
        }
        else {
            makeDetails().flag(letter, number);
        }
    }

    final void key(byte[] key) {
        makeDetails().key(key);
    }

    private Details makeDetails() {
        Details details = this.details;
        if (details == null) {
            details = new Details();
            this.details = details;
        }
        return details;
    }

    final @Nullable Details details() {
        return this.details;
    }

    /**
     * Returns what identifies this version of the item.
     * @return unsigned; 0 where it was not asked for, and from servers that run without
     * CAS
     */
    public final long casToken() {
        return this.casToken;
    }

    /**
     * Returns how long the item has to live.
     * @return whole seconds; {@code null} where it never expires
     * @throws IllegalStateException where it was not asked for
     */
    public final @Nullable Duration timeToLive() {
        long seconds = (this.details != null) ? this.details.timeToLiveSeconds() : Details.NOT_TOLD;
        if (seconds == Details.NOT_TOLD) {
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

    /**
     * Returns a flag as a bit, so that many make a set. Lower case only: a capital would
     * be the bit of another flag.
     */
    static int bit(char flag) {
        return 1 << (flag - 'a');
    }

    /**
     * Reads the flags, and makes sure that the reply belongs to the request.
     * @param words how many words come before the flags
     * @param reply what takes the flags, if anybody wants them
     * @return the flags of lower case that there are, as {@link #bit}s
     */
    static int readFlags(byte[] line, int length, int words, int sequence, @Nullable ItemReply reply) {
        boolean marked = false;
        int told = 0;
        int start = ReplyLine.skipWords(line, length, words);
        while (start < length) {
            int end = ReplyLine.endOfWord(line, start, length);
            byte letter = line[start];
            if (letter == 'O') {
                if (marked || !Opaque.matches(line, start + 1, end, sequence)) {
                    throw ReplyLine.illegal(line, length, "the reply to another request");
                }
                marked = true;
            }
            else {
                told |= (letter >= 'a' && letter <= 'z') ? bit((char) letter) : 0;
                if (reply != null) {
                    readFlag(line, start, end, length, reply);
                }
            }
            start = ReplyLine.skipSpaces(line, end, length);
        }
        if (!marked) {
            throw ReplyLine.illegal(line, length, "the opaque of the request");
        }
        return told;
    }

    private static void readFlag(byte[] line, int start, int end, int length, ItemReply reply) {
        byte letter = line[start];
        switch (letter) {
            case 'k' -> reply.key(Arrays.copyOfRange(line, start + 1, end));
            case 'c', 'f', 'h', 'l', 's', 't' -> reply.flag(letter, ReplyLine.argument(line, start + 1, end, length));
            case 'W', 'X', 'Z' -> reply.flag(letter, -1);
            default -> {
                // Not known to this client; servers may learn more.
            }
        }
    }

    /**
     * Details that are seldom asked about an item. Apart from the reply, so that the many
     * replies without it stay small.
     */
    static final class Details {

        static final long NOT_TOLD = Long.MIN_VALUE;

        /** A server prints the rest of what has expired as unsigned. */
        private static final long MAX_TIME_TO_LIVE = Integer.MAX_VALUE;

        private long timeToLiveSeconds = NOT_TOLD;

        private int size = -1;

        private int lastAccessSeconds = -1;

        private byte @Nullable [] key;

        void flag(byte letter, long number) {
            switch (letter) {
                case 't' -> this.timeToLiveSeconds = (number > MAX_TIME_TO_LIVE) ? 0 : number;
                case 's' -> this.size = (int) number;
                case 'l' -> this.lastAccessSeconds = (int) number;
                default -> {
                    // Not known to this client.
                }
            }
        }

        void key(byte[] key) {
            this.key = key;
        }

        long timeToLiveSeconds() {
            return this.timeToLiveSeconds;
        }

        int size() {
            return this.size;
        }

        int lastAccessSeconds() {
            return this.lastAccessSeconds;
        }

        byte @Nullable [] key() {
            return this.key;
        }

    }

}
