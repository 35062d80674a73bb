package io.memlink.link;

import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.tls.TlsEngine;
import org.jspecify.annotations.Nullable;

/**
 * Says why a connection ends, with what was known of it by then. Confined to the event
 * loop.
 */
final class ConnectionFailures {

    private final String server;

    private final LinkOptions options;

    private boolean encrypted;

    private boolean answered;

    private boolean ready;

    ConnectionFailures(String server, LinkOptions options) {
        this.server = server;
        this.options = options;
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

    CloseCause stalled() {
        long millis = TimeUnit.NANOSECONDS.toMillis(this.options.stallTimeoutNanos());
        return CloseCause.of(Reason.STALLED, this.server + ": no reply for " + millis + " ms", null);
    }

}
