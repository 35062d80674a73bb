package io.memlink.link;

import java.time.Duration;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.memlink.error.MemlinkConnectionException.Reason;
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
final class TlsEngine {

    private static final Logger logger = LoggerFactory.getLogger(TlsEngine.class);

    private final Supplier<TlsOptions> source;

    private final Endpoint endpoint;

    private final Duration handshakeTimeout;

    private volatile @Nullable Material material;

    TlsEngine(Supplier<TlsOptions> source, Endpoint endpoint, Duration handshakeTimeout) {
        this.source = source;
        this.endpoint = endpoint;
        this.handshakeTimeout = handshakeTimeout;
    }

    /** Returns what the options of this moment mean; may block. */
    Material material() throws SSLException {
        TlsOptions options = this.source.get();
        Material material = this.material;
        if (material == null || material.options() != options) {
            material = new Material(options, build(options));
            this.material = material;
        }
        return material;
    }

    /** Returns whether the options have changed since; may block. */
    boolean isOutdated(Material material) {
        try {
            return this.source.get() != material.options();
        }
        catch (RuntimeException ex) {
            logger.warn("{}: the settings of TLS cannot be read, connections keep those they have", this.endpoint, ex);
            return false;
        }
    }

    /** Makes the handler of one connection. */
    SslHandler newHandler(Channel channel, Material material) {
        SslHandler handler = material.context().newHandler(channel.alloc(), this.endpoint.host(), this.endpoint.port());
        handler.setHandshakeTimeoutMillis(this.handshakeTimeout.toMillis());
        // Requests are gathered before they come here; what is written apart must stay
        // apart.
        handler.setWrapDataSize(0);
        return handler;
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

    /** Says what went wrong in a handshake. */
    CloseCause cannotShakeHands(Throwable failure) {
        String message = this.endpoint + ": " + TlsFailure.describe(failure, this.handshakeTimeout);
        Reason reason = TlsFailure.isTimeout(failure) ? Reason.CONNECT_TIMEOUT : Reason.TLS;
        return CloseCause.of(reason, message, failure);
    }

    /**
     * What was built from options.
     *
     * @param options the options
     * @param context what makes the engines
     */
    record Material(TlsOptions options, SslContext context) {
    }

}
