package io.memlink.meta;

import java.util.Arrays;
import java.util.List;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.link.RequestWriter;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.ReplyLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of many keys with one classic command, which costs the server about
 * half of what a meta command for each key does. The first key is read by a meta command
 * in front of it: the classic one has no opaque, and this one's proves that what comes
 * next is the reply to this request. Immutable. <pre>
 *   mg k1 v f Oxxxxx        VA 3 f0 Oxxxxx, EN Oxxxxx
 *   get k2 k3 k4            VALUE k3 0 3 ... END
 * </pre> The classic command shows no marks. It takes no turn to replace a stale value,
 * and shows that value like any other; the mark of a lease it shows as an empty value
 * without client flags, see {@link #isInDoubt}.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Retrieval command"</a>
 */
final class MultiGet implements Request<BatchReply> {

    private static final byte[] GET = { 'g', 'e', 't' };

    private final MetaGet first;

    /** Where each key ends in the classic command; at first, where its name does. */
    private final int[] ends;

    /** The classic command, as it travels. */
    private final byte[] others;

    private MultiGet(Key[] keys) {
        this.first = MetaGet.value(keys[0]);
        this.ends = new int[keys.length];
        int end = GET.length;
        this.ends[0] = end;
        for (int i = 1; i < keys.length; i++) {
            end += 1 + keys[i].wire().length;
            this.ends[i] = end;
        }
        this.others = (keys.length > 1) ? text(keys, this.ends) : new byte[0];
    }

    private static byte[] text(Key[] keys, int[] ends) {
        int length = ends[keys.length - 1];
        byte[] text = Arrays.copyOf(GET, length + 2);
        for (int i = 1; i < keys.length; i++) {
            byte[] key = keys[i].wire();
            text[ends[i - 1]] = ' ';
            System.arraycopy(key, 0, text, ends[i - 1] + 1, key.length);
        }
        text[length] = '\r';
        text[length + 1] = '\n';
        return text;
    }

    /**
     * Makes a request.
     * @param keys at least one
     * @return a request for the values and client flags of the keys; a {@link MetaBatch}
     * where a key travels as base64, which the classic command cannot carry
     */
    static Request<BatchReply> of(List<Key> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys: none (expected: at least one)");
        }
        for (Key key : keys) {
            if (key.isEncoded()) {
                return MetaBatch.of(keys.stream().map(MetaGet::value).toList());
            }
        }
        return new MultiGet(keys.toArray(new Key[0]));
    }

    /**
     * Returns whether what looks like an empty value may be the mark of a lease instead,
     * which only a meta command tells.
     * @param reply a reply to this request
     * @return whether it has to be read again
     */
    static boolean isInDoubt(MetaReply reply) {
        if (!(reply instanceof Hit hit) || hit.clientFlags() != 0 || hit.won() || hit.alreadyWon()) {
            return false;
        }
        byte[] value = hit.value();
        return value != null && value.length == 0;
    }

    /** Returns how many keys there are. */
    int size() {
        return this.ends.length;
    }

    /**
     * Returns where a key other than the first ends in a line that has it at a place; -1
     * where the line has another.
     */
    int endOfKey(int index, byte[] line, int start, int length) {
        int keyStart = this.ends[index - 1] + 1;
        int end = start + this.ends[index] - keyStart;
        boolean found = end < length && line[end] == ' '
                && Arrays.equals(this.others, keyStart, this.ends[index], line, start, end);
        return found ? end : -1;
    }

    @Override
    public String operation() {
        return "batch";
    }

    @Override
    public int encodedBytes() {
        return this.first.encodedBytes() + this.others.length;
    }

    @Override
    public int affinity() {
        return this.first.affinity();
    }

    @Override
    public void encode(RequestWriter out) {
        this.first.encode(out);
        out.writeBytes(this.others);
    }

    @Override
    public Decoder<BatchReply> decoder() {
        return new ReplyDecoder(this);
    }

    @Override
    public String toString() {
        return "MultiGet[" + size() + ", first " + this.first.key() + "]";
    }

    /**
     * Reads what a server answers to a {@link MultiGet}: the reply to the first key, and
     * then those of the others that were found, in the order of the keys. Confined to the
     * event loop.
     */
    private static final class ReplyDecoder implements Request.Decoder<BatchReply> {

        private static final byte[] VALUE = { 'V', 'A', 'L', 'U', 'E', ' ' };

        private static final byte[] END = { 'E', 'N', 'D' };

        private final MultiGet request;

        private final @Nullable MetaReply[] replies;

        private @Nullable MemlinkException @Nullable [] failures;

        /** The first key whose reply has not been read. */
        private int next;

        ReplyDecoder(MultiGet request) {
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
                MetaReply reply = this.request.first.decoder().decode(in);
                if (reply == null) {
                    return false;
                }
                this.replies[0] = reply;
            }
            catch (MemlinkServerException | MemlinkDecodingException failure) {
                // The reply to the others still follows.
                fail(0, failure);
            }
            this.next = 1;
            in.nextLine();
            return true;
        }

        private boolean readValue(ReplyReader in, byte[] line, int length) {
            int flagsStart = 1 + skipMisses(line, length);
            int flagsEnd = ReplyLine.endOfWord(line, flagsStart, length);
            int flags = (int) ReplyLine.unsigned(line, flagsStart, flagsEnd, length);
            int size = ReplyLine.size(line, flagsEnd + 1, length, length);
            if (size > in.maxBlockBytes()) {
                if (!in.skipBlock(size)) {
                    return false;
                }
                fail(this.next++, in.tooLarge(size));
            }
            else {
                byte[] value = in.readBlock(size);
                if (value == null) {
                    return false;
                }
                this.replies[this.next++] = new Hit(value, flags);
            }
            in.nextLine();
            return true;
        }

        private void fail(int index, MemlinkException failure) {
            @Nullable MemlinkException[] failures = this.failures;
            if (failures == null) {
                failures = new @Nullable MemlinkException[this.replies.length];
                this.failures = failures;
            }
            failures[index] = failure;
        }

        /**
         * Goes on to the key that a line is about: those before it were not found.
         * Returns where the key ends in the line.
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

}
