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
 * Reads the reply to one kind of command: which statuses are legal is all they differ in.
 * Without state, and so shared by all requests. <pre>
 *       HD done or found   VA value follows   EN, NF miss   NS not stored   EX exists
 *   mg         x                  x               EN
 *   ms         x                                  NF             x              x
 *   md         x                                  NF                            x
 *   ma         x                  x               NF             x              x
 * </pre>
 */
enum MetaDecoder implements Request.Decoder<MetaReply> {

    GET, SET, DELETE, ARITHMETIC;

    private static final int HD = ReplyLine.status('H', 'D');

    private static final int VA = ReplyLine.status('V', 'A');

    private static final int EN = ReplyLine.status('E', 'N');

    private static final int NF = ReplyLine.status('N', 'F');

    private static final int NS = ReplyLine.status('N', 'S');

    private static final int EX = ReplyLine.status('E', 'X');

    /** Length of a reply that has no flag but the opaque. */
    private static final int PLAIN_BYTES = 2 + Opaque.BYTES;

    @Override
    public @Nullable MetaReply decode(ReplyReader in) {
        return decode(in, in.sequence());
    }

    /** Reads the reply to the request with a sequence number. */
    @Nullable MetaReply decode(ReplyReader in, int sequence) {
        if (!in.readLine()) {
            return null;
        }
        byte[] line = in.line();
        int length = in.lineLength();
        int status = ReplyLine.status(line, length);
        if (status == VA && (this == GET || this == ARITHMETIC)) {
            return value(in, line, length, sequence);
        }
        if (status == HD) {
            return done(line, length, sequence);
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

    private @Nullable MetaReply value(ReplyReader in, byte[] line, int length, int sequence) {
        byte[] value = in.readBlock(ReplyLine.size(line, length));
        if (value == null) {
            return null;
        }
        if (this == GET) {
            Hit hit = new Hit(value);
            ItemReply.readFlags(line, length, 2, sequence, hit);
            return hit;
        }
        Done done = new Done(ReplyLine.unsigned(value, 0, value.length, value.length));
        ItemReply.readFlags(line, length, 2, sequence, done);
        return done;
    }

    private MetaReply done(byte[] line, int length, int sequence) {
        if (this == GET) {
            Hit hit = new Hit(null);
            ItemReply.readFlags(line, length, 1, sequence, hit);
            return hit;
        }
        Done done = (length == PLAIN_BYTES) ? Done.PLAIN : new Done(0);
        ItemReply.readFlags(line, length, 1, sequence, (done == Done.PLAIN) ? null : done);
        return done;
    }

    private MemlinkException refusal(byte[] line, int length) {
        return ErrorLine.failure(line, length, this == SET);
    }

}
