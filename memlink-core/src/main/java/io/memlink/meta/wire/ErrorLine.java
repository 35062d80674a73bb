package io.memlink.meta.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.link.ReplyReader;

/**
 * Tells the error lines after which a connection can be used on from those after which it
 * cannot. Error lines carry no opaque; what is not known to be the whole reply to one
 * request is a violation.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Error strings"</a>
 */
public final class ErrorLine {

    private static final String CLIENT_ERROR = "CLIENT_ERROR ";

    private static final String SERVER_ERROR = "SERVER_ERROR ";

    /**
     * What a server says of a request with a payload after it has skipped the payload.
     */
    private static final List<String> PAYLOAD_SKIPPED = List.of("invalid flag", "duplicate flag",
            "bad token in command line format", "invalid mode for ms M token", "opaque token too long",
            "error decoding key");

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
        boolean tooMany = text.startsWith("ERROR Too many open connections");
        if (!tooMany && REFUSALS.stream().anyMatch(text::startsWith)) {
            return new MemlinkServerException(Reason.OTHER, ReplyLine.text(in.line(), in.lineLength()));
        }
        return ReplyLine.illegal(in.line(), in.lineLength(), expected);
    }

    public static MemlinkException failure(byte[] line, int length, boolean carriesPayload) {
        String text = new String(line, 0, length, StandardCharsets.ISO_8859_1);
        if (text.startsWith(SERVER_ERROR)) {
            String detail = text.substring(SERVER_ERROR.length());
            if (!detail.equals("out of memory reading request")) {
                return new MemlinkServerException(serverReason(detail), ReplyLine.text(line, length));
            }
        }
        else if (text.startsWith(CLIENT_ERROR)) {
            String detail = text.substring(CLIENT_ERROR.length());
            if (detail.equals("cannot increment or decrement non-numeric value")) {
                return new MemlinkServerException(Reason.NOT_NUMERIC, ReplyLine.text(line, length));
            }
            if (carriesPayload ? PAYLOAD_SKIPPED.contains(detail) : !isFatal(detail)) {
                return new MemlinkServerException(Reason.OTHER, ReplyLine.text(line, length));
            }
        }
        return ReplyLine.illegal(line, length, "a reply of the meta protocol");
    }

    private static Reason serverReason(String detail) {
        if (detail.equals("object too large for cache")) {
            return Reason.TOO_LARGE;
        }
        return detail.toLowerCase(Locale.ROOT).startsWith("out of memory") ? Reason.OUT_OF_MEMORY : Reason.OTHER;
    }

    private static boolean isFatal(String detail) {
        return detail.equals("unauthenticated") || detail.equals("bad data chunk");
    }

}
