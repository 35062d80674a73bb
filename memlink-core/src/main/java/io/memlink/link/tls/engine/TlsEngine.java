package io.memlink.link.tls.engine;

import java.time.Duration;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;

/**
 * The encryption of the connections to one server. Immutable.
 */
public final class TlsEngine {

    private final String host;

    private final int port;

    private final Duration handshakeTimeout;

    public TlsEngine(String host, int port, Duration handshakeTimeout) {
        this.host = host;
        this.port = port;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** Makes the handler of one connection. */
    @SuppressWarnings("exports") // for the connections of this module
    public SslHandler newHandler(Channel channel, TlsMaterials.Material material) {
        SslHandler handler = material.context().newHandler(channel.alloc(), this.host, this.port);
        handler.setHandshakeTimeoutMillis(this.handshakeTimeout.toMillis());
        // Requests are gathered before they come here; what is written apart must stay
        // apart.
        handler.setWrapDataSize(0);
        return handler;
    }

    private String server() {
        return this.host + ":" + this.port;
    }

    /**
     * Returns what a failed handshake is to the caller.
     * @param failure what the handshake ended with
     * @return a failure that says who is to blame
     */
    public MemlinkConnectionException handshakeFailure(Throwable failure) {
        Reason reason = TlsFailure.isTimeout(failure) ? Reason.CONNECT_TIMEOUT : Reason.TLS;
        return new MemlinkConnectionException(reason, Outcome.NOT_SENT,
                server() + ": " + TlsFailure.describe(failure, this.handshakeTimeout), failure);
    }

    /**
     * Returns whether a connection failed because of TLS.
     * @param failure what it failed with
     * @return whether it did
     */
    public static boolean isTlsFailure(Throwable failure) {
        return TlsFailure.isTls(failure);
    }

    /**
     * Returns a failure of TLS in words.
     * @param failure what a connection failed with
     * @param timeout how long the handshake may take
     * @return the words
     */
    public static String describe(Throwable failure, Duration timeout) {
        return TlsFailure.describe(failure, timeout);
    }

}
