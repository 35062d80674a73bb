package io.memlink.meta;

import java.util.Arrays;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a server answers to a {@link MultiGet}: the reply to the first key, and then
 * those of the others that were found, in the order of the keys. Confined to the event
 * loop.
 */
final class MultiGetDecoder implements Request.Decoder<BatchReply> {

    private static final byte[] VALUE = { 'V', 'A', 'L', 'U', 'E', ' ' };

    private static final byte[] END = { 'E', 'N', 'D' };

    private final MultiGet request;

    private final @Nullable MetaReply[] replies;

    private @Nullable MemlinkException @Nullable [] failures;

    /** The first key whose reply has not been read. */
    private int next;

    MultiGetDecoder(MultiGet request) {
        this.request = request;
        this.replies = new @Nullable MetaReply[request.size()];
    }

    @Override
    public @Nullable BatchReply decode(ReplyReader in) {
        if (this.next == 0 && !readFirst(in)) {
            return null;
        }
        while (this.replies.length > 1 && in.readLine()) {
            byte[] line = in.line();
            int length = in.lineLength();
            if (startsWith(line, length, VALUE)) {
                if (!readValue(in, line, length)) {
                    return null;
                }
            }
            else if (length == END.length && startsWith(line, length, END)) {
                Arrays.fill(this.replies, this.next, this.replies.length, Miss.INSTANCE);
                return reply();
            }
            else {
                throw ErrorLine.failure(line, length, false);
            }
        }
        return (this.replies.length == 1) ? reply() : null;
    }

    private BatchReply reply() {
        return new BatchReply(this.replies, this.failures);
    }

    private boolean readFirst(ReplyReader in) {
        try {
            MetaReply reply = MetaDecoder.GET.decode(in);
            if (reply == null) {
                return false;
            }
            this.replies[0] = reply;
        }
        catch (MemlinkServerException refusal) {
            // The reply to the others still follows.
            this.failures = new @Nullable MemlinkException[this.replies.length];
            this.failures[0] = refusal;
        }
        this.next = 1;
        in.nextLine();
        return true;
    }

    private boolean readValue(ReplyReader in, byte[] line, int length) {
        int flagsStart = 1 + skipMisses(line, length);
        int flagsEnd = ReplyLine.endOfWord(line, flagsStart, length);
        int flags = (int) ReplyLine.unsigned(line, flagsStart, flagsEnd, length);
        byte[] value = in.readBlock(ReplyLine.size(line, flagsEnd + 1, length, length));
        if (value == null) {
            return false;
        }
        this.replies[this.next++] = new Hit(value, flags);
        in.nextLine();
        return true;
    }

    /**
     * Goes on to the key that a line is about: those before it were not found. Returns
     * where the key ends in the line.
     */
    private int skipMisses(byte[] line, int length) {
        while (this.next < this.replies.length) {
            int end = this.request.endOfKey(this.next, line, VALUE.length, length);
            if (end > 0) {
                return end;
            }
            this.replies[this.next++] = Miss.INSTANCE;
        }
        throw ReplyLine.illegal(line, length, "VALUE and one of the keys asked for, in their order");
    }

    private static boolean startsWith(byte[] line, int length, byte[] word) {
        return length >= word.length && Arrays.equals(line, 0, word.length, word, 0, word.length);
    }

}
