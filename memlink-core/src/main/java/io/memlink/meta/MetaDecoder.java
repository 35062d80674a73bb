package io.memlink.meta;

import io.memlink.error.MemlinkException;
import io.memlink.link.ReplyReader;
import io.memlink.link.Request;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaReply.NotStored;
import io.memlink.meta.wire.ErrorLine;
import io.memlink.meta.wire.Opaque;
import io.memlink.meta.wire.ReplyLine;
import io.memlink.meta.wire.ServerVersion;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of one kind of command: which statuses are legal is all they differ in.
 * Without state, and so shared by all requests. <pre>
 *       HD done or found   VA value follows   EN, NF miss   NS not stored   EX exists
 *   mg         x                  x               EN
 *   ms         x                                  NF             x              x
 *   md         x                                  NF                            x
 *   ma         x                  x               NF             x              x
 * </pre> HD and VA must tell all that was {@linkplain #asking asked} for: a server that
 * leaves something out has not understood the request, or this is the reply to another
 * one.
 */
enum MetaDecoder implements Request.Decoder<MetaReply> {

    GET, SET, DELETE, ARITHMETIC;

    private static final int HD = ReplyLine.status('H', 'D');

    private static final int VA = ReplyLine.status('V', 'A');

    private static final int EN = ReplyLine.status('E', 'N');

    private static final int NF = ReplyLine.status('N', 'F');

    private static final int NS = ReplyLine.status('N', 'S');

    private static final int EX = ReplyLine.status('E', 'X');

    private static final int VALUE = ItemReply.bit('v');

    private static final int SIZE = ItemReply.bit('s');

    /** Length of a reply that has no flag but the opaque. */
    private static final int PLAIN_BYTES = 2 + Opaque.BYTES;

    /** What can be asked for, one bit each. */
    private static final String ASKED = "cfhklstv";

    private final Asking[] asking = new Asking[1 << ASKED.length()];

    MetaDecoder() {
        for (int i = 0; i < this.asking.length; i++) {
            this.asking[i] = new Asking(this, asked(i));
        }
    }

    private static int asked(int bits) {
        int asked = 0;
        for (int i = 0; i < ASKED.length(); i++) {
            asked |= ((bits >>> i & 1) != 0) ? ItemReply.bit(ASKED.charAt(i)) : 0;
        }
        return asked;
    }

    /**
     * Returns the decoder of requests that ask for something.
     * @param flags what they ask for, of {@code cfhklstv}: {@link ItemReply#bit}s
     * @return the decoder, one for all requests that ask for the same
     */
    Asking asking(int flags) {
        int index = 0;
        for (int i = 0; i < ASKED.length(); i++) {
            index |= ((flags & ItemReply.bit(ASKED.charAt(i))) != 0) ? 1 << i : 0;
        }
        return this.asking[index];
    }

    @Override
    public @Nullable MetaReply decode(ReplyReader in) {
        return decode(in, in.sequence(), 0);
    }

    private @Nullable MetaReply decode(ReplyReader in, int sequence, int asked) {
        if (!in.readLine()) {
            return null;
        }
        byte[] line = in.line();
        int length = in.lineLength();
        int status = ReplyLine.status(line, length);
        if (status == VA && (this == GET || this == ARITHMETIC)) {
            return value(in, line, length, sequence, asked);
        }
        if (status == HD) {
            return done(in, line, length, sequence, asked);
        }
        MetaReply reply = (status != 0) ? outcome(status) : null;
        if (reply == null) {
            throw refusal(line, length);
        }
        if (length > 2 || !(status == EN && isBareMiss(in))) {
            ItemReply.readFlags(line, length, 1, sequence, null);
        }
        return reply;
    }

    /**
     * Servers before 1.6.18 answer a miss without the opaque: only the order pairs it.
     */
    private static boolean isBareMiss(ReplyReader in) {
        return in.session() instanceof ServerVersion version && version.isKnown() && !version.isAtLeast(1, 6, 18);
    }

    /**
     * Returns how many words come before the flags of a reply; 0 where the line is no
     * reply to a command.
     */
    static int wordsBeforeFlags(byte[] line, int length) {
        int status = ReplyLine.status(line, length);
        if (status == VA) {
            return 2;
        }
        return (status == HD || status == EN || status == NF || status == NS || status == EX) ? 1 : 0;
    }

    private @Nullable MetaReply outcome(int status) {
        if (status == EN && this == GET) {
            return Miss.INSTANCE;
        }
        if (this == GET) {
            return null;
        }
        if (status == NF) {
            return Miss.INSTANCE;
        }
        if (status == NS && this != DELETE) {
            return NotStored.INSTANCE;
        }
        return (status == EX) ? Exists.INSTANCE : null;
    }

    private @Nullable MetaReply value(ReplyReader in, byte[] line, int length, int sequence, int asked) {
        int size = ReplyLine.size(line, length);
        if (this == GET && size > in.maxBlockBytes()) {
            // First, since much would be skipped in vain.
            ItemReply.readFlags(line, length, 2, sequence, null);
            return in.skipBlock(size) ? tooLarge(size, in) : null;
        }
        byte[] value = in.readBlock(size);
        if (value == null) {
            return null;
        }
        if (this == GET) {
            Hit hit = new Hit(value);
            require(asked & ~VALUE, ItemReply.readFlags(line, length, 2, sequence, hit), in);
            return hit;
        }
        Done done = new Done(ReplyLine.unsigned(value, 0, value.length, value.length));
        require(asked & ~VALUE, ItemReply.readFlags(line, length, 2, sequence, done), in);
        return done;
    }

    private static MetaReply tooLarge(int size, ReplyReader in) {
        throw in.tooLarge(size);
    }

    private MetaReply done(ReplyReader in, byte[] line, int length, int sequence, int asked) {
        if (this == GET) {
            Hit hit = new Hit(null);
            require(asked, ItemReply.readFlags(line, length, 1, sequence, hit), in);
            return hit;
        }
        Done done = (length == PLAIN_BYTES) ? Done.PLAIN : new Done(0);
        require(asked, ItemReply.readFlags(line, length, 1, sequence, (done == Done.PLAIN) ? null : done), in);
        return done;
    }

    /** Refuses a reply that lacks what was asked for. */
    private void require(int asked, int told, ReplyReader in) {
        int missing = asked & ~told;
        if (missing != 0 && !(this == SET && missing == SIZE && !tellsSizeOfSets(in))) {
            StringBuilder flags = new StringBuilder();
            ASKED.chars()
                .filter((flag) -> (missing & ItemReply.bit((char) flag)) != 0)
                .forEach((flag) -> flags.append((char) flag));
            throw ReplyLine.illegal(in.line(), in.lineLength(), "the requested flags " + flags);
        }
    }

    private static boolean tellsSizeOfSets(ReplyReader in) {
        return in.session() instanceof ServerVersion version && version.isAtLeast(1, 6, 20);
    }

    private MemlinkException refusal(byte[] line, int length) {
        return ErrorLine.failure(line, length, this == SET);
    }

    /**
     * Reads replies that must tell what was asked for. Immutable.
     *
     * @param kind the kind of command
     * @param asked what was asked for
     */
    record Asking(MetaDecoder kind, int asked) implements Request.Decoder<MetaReply> {

        @Override
        public @Nullable MetaReply decode(ReplyReader in) {
            return decode(in, in.sequence());
        }

        /** Reads the reply to the request with a sequence number. */
        @Nullable MetaReply decode(ReplyReader in, int sequence) {
            return this.kind.decode(in, sequence, this.asked);
        }

    }

}
