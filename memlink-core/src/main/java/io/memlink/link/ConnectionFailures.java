package io.memlink.link;

import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.Outcome;
import io.memlink.link.tls.engine.TlsEngine;
import org.jspecify.annotations.Nullable;

/**
 * The reasons why a connection may end, told with what was known of it by then. Confined
 * to the event loop.
 */
final class ConnectionFailures {

    private final String server;

    private final LinkOptions options;

    /** Made beforehand, for when there is no memory to make another. */
    private final CloseCause outOfMemory;

    private boolean encrypted;

    private boolean answered;

    private boolean ready;

    ConnectionFailures(String server, LinkOptions options) {
        this.server = server;
        this.options = options;
        this.outOfMemory = CloseCause.of(Reason.LOST, server + ": connection lost: out of memory", null);
    }

    void encrypted() {
        this.encrypted = true;
    }

    /** A reply was read. */
    void answered() {
        this.answered = true;
    }

    void ready() {
        this.ready = true;
    }

    CloseCause lost(String what, @Nullable Throwable cause) {
        // A server that speaks TLS hangs up on those who do not.
        String hint = (this.answered || this.encrypted) ? "" : " before it answered; does this port speak TLS?";
        return CloseCause.of(Reason.LOST, this.server + ": connection lost: " + what + hint, cause);
    }

    CloseCause failed(Throwable cause) {
        if (!this.ready && TlsEngine.isTlsFailure(cause)) {
            // With TLS 1.3 the server's verdict on our certificate comes after the
            // handshake.
            String message = TlsEngine.describe(cause, this.options.handshakeTimeout());
            return CloseCause.of(Reason.TLS, this.server + ": " + message, cause);
        }
        return lost(String.valueOf(cause.getMessage()), cause);
    }

    CloseCause illegalReply(Throwable violation) {
        if (this.ready) {
            return CloseCause.violation(this.server, violation);
        }
        String message = this.server + ": what answers does not speak this protocol: " + violation.getMessage();
        return CloseCause.of(Reason.WRONG_PROTOCOL, message, violation);
    }

    /** Something was thrown that concerns the connection as a whole. */
    CloseCause broken(String what, Throwable cause) {
        try {
            return lost(what + ": " + cause, cause);
        }
        catch (Throwable ex) {
            return this.outOfMemory;
        }
    }

    /** Returns what a request fails with that could not be encoded. */
    Throwable notEncoded(Throwable cause) {
        if (!(cause instanceof OutOfMemoryError)) {
            return cause;
        }
        try {
            return new MemlinkOverloadedException(this.server + ": no memory for the request: " + cause.getMessage(),
                    cause);
        }
        catch (Throwable ex) {
            return this.outOfMemory.unwritten();
        }
    }

    /**
     * Returns what a request fails with that waits for nobody; it may be written later
     * all the same. Any thread may call.
     */
    MemlinkException notScheduled(Throwable cause) {
        return new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN,
                this.server + ": the event loop takes no more work: " + cause, cause);
    }

    /** Returns what a request fails with that exceeds a bound. Any thread may call. */
    MemlinkException overloaded(String bound) {
        return new MemlinkOverloadedException(this.server + ": too many requests are pending (" + bound + ")");
    }

    CloseCause stalled() {
        long millis = TimeUnit.NANOSECONDS.toMillis(this.options.stallTimeoutNanos());
        return CloseCause.of(Reason.STALLED, this.server + ": no reply for " + millis + " ms", null);
    }

}
