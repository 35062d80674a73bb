package io.memlink.meta.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.error.Outcome;
import io.memlink.link.ReplyReader;

/**
 * Error lines: whether the connection can be used on after one, and whether it proves
 * that the request had no effect. Error lines carry no opaque; what is not known to be
 * the whole reply to one request is a violation.
 * <p>
 * A line proves that there was no effect where the source of memcached (1.6.0 to 1.6.40)
 * writes it before it changes an item, or instead. All others may come from a proxy that
 * gave up on a request that its backend carries out nonetheless.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Error strings"</a>
 */
public final class ErrorLine {

    private static final String CLIENT_ERROR = "CLIENT_ERROR ";

    private static final String SERVER_ERROR = "SERVER_ERROR ";

    private static final String TOO_LARGE = "object too large for cache";

    private static final String NOT_NUMERIC = "cannot increment or decrement non-numeric value";

    /**
     * What a server says of a request with a payload after it has skipped the payload.
     */
    private static final Set<String> PAYLOAD_SKIPPED = Set.of("invalid flag", "duplicate flag",
            "bad token in command line format", "invalid mode for ms M token", "opaque token too long",
            "error decoding key");

    /** What a server says of a request that it does not understand, and leaves alone. */
    private static final Set<String> NOT_UNDERSTOOD = Set.of("bad command line", "bad command line format",
            "bad command line termination", "bad token in command line format", "duplicate flag", "error decoding key",
            "invalid exptime argument", "invalid flag", "invalid mode for ma M token", "invalid mode for ms M token",
            "invalid numeric delta argument", "invalid numeric delta value", "invalid numeric initial value",
            "invalid or duplicate flag", "opaque token too long", "options flags are too long", "flush_all not allowed",
            NOT_NUMERIC);

    /** What a server says when it has stored and counted nothing. */
    private static final Set<String> NOTHING_DONE = Set.of(TOO_LARGE, "out of memory storing object",
            "Out of memory during read", "out of memory", "Out of memory allocating new item",
            "Unhandled storage type.", "refcount overflow during fetch");

    /**
     * What lines begin with by which a server refuses a command of the classic protocol.
     */
    private static final List<String> REFUSALS = List.of(CLIENT_ERROR, SERVER_ERROR, "SERVER_ERROR:", "ERROR", "Error ",
            "BUSY ", "BADCLASS ", "NOSPARE ", "SAME ", "NOTSTARTED ", "MEMLIMIT_TOO_SMALL ", "MEMLIMIT_ADJUST_FAILED ");

    private ErrorLine() {
    }

    /** Returns what a line means that is not the reply to a classic command. */
    public static MemlinkException refusal(ReplyReader in, String expected) {
        String text = ReplyLine.decode(in);
        String words = ReplyLine.text(in.line(), in.lineLength());
        boolean tooMany = text.startsWith("ERROR Too many open connections");
        if (tooMany || REFUSALS.stream().noneMatch(text::startsWith)) {
            return ReplyLine.illegal(in.line(), in.lineLength(), expected);
        }
        return text.startsWith(SERVER_ERROR) ? serverError(text.substring(SERVER_ERROR.length()), words)
                : new MemlinkServerException(Reason.OTHER, words);
    }

    /**
     * Returns what a line means that is not the reply to a command of the meta protocol.
     */
    public static MemlinkException failure(byte[] line, int length, boolean carriesPayload) {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        String words = ReplyLine.text(line, length);
        if (text.startsWith(SERVER_ERROR)) {
            String detail = text.substring(SERVER_ERROR.length());
            if (!detail.equals("out of memory reading request")) {
                return serverError(detail, words);
            }
        }
        else if (text.startsWith(CLIENT_ERROR)) {
            String detail = text.substring(CLIENT_ERROR.length());
            boolean complete = carriesPayload ? PAYLOAD_SKIPPED.contains(detail) || detail.equals(NOT_NUMERIC)
                    : !isFatal(detail);
            if (complete) {
                Reason reason = detail.equals(NOT_NUMERIC) ? Reason.NOT_NUMERIC : Reason.OTHER;
                return new MemlinkServerException(reason, outcome(NOT_UNDERSTOOD.contains(detail)), words);
            }
        }
        return ReplyLine.illegal(line, length, "a reply of the meta protocol");
    }

    private static MemlinkServerException serverError(String detail, String words) {
        boolean proven = NOTHING_DONE.contains(detail);
        Reason reason = proven ? Reason.OTHER : Reason.SERVER_FAILURE;
        if (detail.equals(TOO_LARGE)) {
            reason = Reason.TOO_LARGE;
        }
        else if (detail.toLowerCase(Locale.ROOT).startsWith("out of memory")) {
            reason = Reason.OUT_OF_MEMORY;
        }
        return new MemlinkServerException(reason, outcome(proven), words);
    }

    private static Outcome outcome(boolean noEffect) {
        return noEffect ? Outcome.REJECTED : Outcome.UNKNOWN;
    }

    private static boolean isFatal(String detail) {
        return detail.equals("unauthenticated") || detail.equals("bad data chunk");
    }

}
