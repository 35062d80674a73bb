package io.memlink.link;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * The cause of the end of a connection: one failure for the requests that were written,
 * and one for those that were not. Both are made once and never change, since a server
 * that is down fails every call with them.
 *
 * @param reason why there is no connection; {@code null} where the client was closed
 * @param written the failure of requests the server may have seen
 * @param unwritten the failure of requests it cannot have seen
 */
record CloseCause(@Nullable Reason reason, MemlinkException written, MemlinkException unwritten) {

    static CloseCause of(Reason reason, String message, @Nullable Throwable cause) {
        return new CloseCause(reason, new MemlinkConnectionException(reason, Outcome.UNKNOWN, message, cause),
                new MemlinkConnectionException(reason, Outcome.NOT_SENT, message, cause));
    }

    static CloseCause violation(String server, Throwable violation) {
        String message = server + ": closed after a reply that is not legal: " + violation.getMessage();
        MemlinkException unwritten = new MemlinkConnectionException(Reason.LOST, Outcome.NOT_SENT, message, violation);
        return new CloseCause(Reason.LOST, new MemlinkProtocolException(message, violation), unwritten);
    }

    static CloseCause closed(String server) {
        String message = server + ": the client was closed";
        return new CloseCause(null, new MemlinkClosedException(Outcome.UNKNOWN, message, null),
                new MemlinkClosedException(Outcome.NOT_SENT, message, null));
    }

}
