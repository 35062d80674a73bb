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

    private final Key[] keys;

    private final @Nullable MetaReply[] replies;

    private @Nullable MemlinkException @Nullable [] failures;

    /** The first key whose reply has not been read. */
    private int next;

    MultiGetDecoder(Key[] keys) {
        this.keys = keys;
        this.replies = new @Nullable MetaReply[keys.length];
    }

    @Override
    public @Nullable BatchReply decode(ReplyReader in) {
        if (this.next == 0 && !readFirst(in)) {
            return null;
        }
        while (this.keys.length > 1 && in.readLine()) {
            byte[] line = in.line();
            int length = in.lineLength();
            if (startsWith(line, length, VALUE)) {
                if (!readValue(in, line, length)) {
                    return null;
                }
            }
            else if (length == END.length && startsWith(line, length, END)) {
                missUntil(this.keys.length);
                return reply();
            }
            else {
                throw ErrorLine.failure(line, length, false);
            }
        }
        return (this.keys.length == 1) ? reply() : null;
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
            this.failures = new @Nullable MemlinkException[this.keys.length];
            this.failures[0] = refusal;
        }
        this.next = 1;
        in.nextLine();
        return true;
    }

    private boolean readValue(ReplyReader in, byte[] line, int length) {
        int keyEnd = ReplyLine.endOfWord(line, VALUE.length, length);
        int flagsEnd = ReplyLine.endOfWord(line, keyEnd + 1, length);
        int index = find(line, VALUE.length, keyEnd);
        if (index < 0 || flagsEnd >= length) {
            throw ReplyLine.illegal(line, length, "VALUE, one of the keys asked for and in their order, flags, size");
        }
        int flags = (int) ReplyLine.unsigned(line, keyEnd + 1, flagsEnd, length);
        byte[] value = in.readBlock(ReplyLine.size(line, flagsEnd + 1, length, length));
        if (value == null) {
            return false;
        }
        missUntil(index);
        this.replies[index] = new Hit(value, flags);
        this.next = index + 1;
        in.nextLine();
        return true;
    }

    /** Returns which of the keys that are due a word is; -1 where it is none. */
    private int find(byte[] line, int start, int end) {
        for (int i = this.next; i < this.keys.length; i++) {
            byte[] key = this.keys[i].wire();
            if (Arrays.equals(key, 0, key.length, line, start, end)) {
                return i;
            }
        }
        return -1;
    }

    private void missUntil(int index) {
        Arrays.fill(this.replies, this.next, index, Miss.INSTANCE);
        this.next = index;
    }

    private static boolean startsWith(byte[] line, int length, byte[] word) {
        return length >= word.length && Arrays.equals(line, 0, word.length, word, 0, word.length);
    }

}
