package io.memlink.link;

import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.netty.channel.Channel;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/**
 * Makes the handlers that encrypt connections, from whatever the options are at that
 * moment. Safe for use by many threads. The engine is OpenSSL where its library is
 * present, and the JDK's otherwise.
 */
final class TlsEngine {

    private final Supplier<TlsOptions> source;

    private volatile @Nullable Material material;

    TlsEngine(Supplier<TlsOptions> source) {
        this.source = source;
    }

    /** Makes the handler of one connection. */
    SslHandler newHandler(Channel channel, Endpoint endpoint, long timeoutMillis) throws SSLException {
        SslHandler handler = context().newHandler(channel.alloc(), endpoint.host(), endpoint.port());
        handler.setHandshakeTimeoutMillis(timeoutMillis);
        // Requests are gathered before they come here; what is written apart must stay
        // apart.
        handler.setWrapDataSize(0);
        return handler;
    }

    private SslContext context() throws SSLException {
        TlsOptions options = this.source.get();
        Material material = this.material;
        if (material == null || material.options() != options) {
            material = new Material(options, build(options));
            this.material = material;
        }
        return material.context();
    }

    private static SslContext build(TlsOptions options) throws SSLException {
        return SslContextBuilder.forClient()
            .keyManager(options.keyManagers())
            .trustManager(options.trustManagers())
            .protocols(options.protocols())
            .ciphers(options.cipherSuites())
            .endpointIdentificationAlgorithm(options.verifyHostname() ? "HTTPS" : null)
            .build();
    }

    /** Says in words what went wrong in a handshake. */
    static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (isPlaintext(failure)) {
            return "TLS handshake failed: what answers does not speak TLS; is TLS enabled for the wrong port?";
        }
        return "TLS handshake failed: " + root.getMessage();
    }

    private static boolean isPlaintext(@Nullable Throwable failure) {
        return failure instanceof NotSslRecordException || (failure != null && isPlaintext(failure.getCause()));
    }

    static boolean isTls(@Nullable Throwable failure) {
        return failure instanceof SSLException || (failure != null && isTls(failure.getCause()));
    }

    /**
     * What was built from options.
     *
     * @param options the options
     * @param context what makes the engines
     */
    private record Material(TlsOptions options, SslContext context) {
    }

}
