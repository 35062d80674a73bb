package io.memlink.link.tls;

import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the handlers that encrypt connections, from whatever the options are at that
 * moment. Safe for use by many threads. The engine is OpenSSL where its library is
 * present, and the JDK's otherwise.
 */
public final class TlsEngine {

    private static final Logger logger = LoggerFactory.getLogger(TlsEngine.class);

    private final Supplier<TlsOptions> source;

    private final String host;

    private final int port;

    private final Duration handshakeTimeout;

    private volatile @Nullable Material material;

    public TlsEngine(Supplier<TlsOptions> source, String host, int port, Duration handshakeTimeout) {
        this.source = source;
        this.host = host;
        this.port = port;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** Returns what the options of this moment mean; may block. */
    public Material material() throws SSLException {
        TlsOptions options = this.source.get();
        Material material = this.material;
        if (material == null || material.options() != options) {
            material = new Material(options, build(options));
            this.material = material;
        }
        return material;
    }

    /** Returns whether the options have changed since; may block. */
    public boolean isOutdated(Material material) {
        try {
            return this.source.get() != material.options();
        }
        catch (RuntimeException ex) {
            logger.warn("{}: the settings of TLS cannot be read, connections keep those they have", server(), ex);
            return false;
        }
    }

    /** Makes the handler of one connection. */
    @SuppressWarnings("exports") // for the connections of this module
    public SslHandler newHandler(Channel channel, Material material) {
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

    private static SslContext build(TlsOptions options) throws SSLException {
        return SslContextBuilder.forClient()
            .sslProvider(options.engine())
            .keyManager(options.keyManagers())
            .trustManager(options.trustManagers())
            .protocols(options.protocols())
            .ciphers(options.cipherSuites())
            .endpointIdentificationAlgorithm(options.verifyHostname() ? "HTTPS" : null)
            .build();
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

    /**
     * What was built from options.
     *
     * @param options the options
     * @param context what makes the engines
     */
    @SuppressWarnings("exports")
    public record Material(TlsOptions options, SslContext context) {
    }

}
