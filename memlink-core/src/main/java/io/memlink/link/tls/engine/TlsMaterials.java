package io.memlink.link.tls.engine;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import javax.net.ssl.SSLException;

import io.memlink.link.flow.BlockingQuestion;
import io.memlink.link.flow.BlockingQuestion.Waiter;
import io.memlink.link.tls.TlsOptions;
import io.memlink.link.tls.TlsOptions.Engine;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import org.jspecify.annotations.Nullable;

/**
 * The means by which a client encrypts connections: made from the options as they are at
 * that moment, and made anew only where their content has changed. One for all backends.
 * Safe for use by many threads. The engine is OpenSSL where its library is present, and
 * the JDK's otherwise.
 */
@SuppressWarnings("exports") // for the connections of this module
public final class TlsMaterials {

    private final Supplier<TlsOptions> source;

    private final BlockingQuestion<Material> question;

    private volatile @Nullable Material latest;

    /**
     * Creates what has made nothing yet.
     * @param source where the options are read; may block
     * @param executor reads them
     */
    public TlsMaterials(Supplier<TlsOptions> source, Executor executor) {
        this.source = source;
        this.question = new BlockingQuestion<>(executor, this::read);
    }

    /**
     * Asks for what the options of this moment mean.
     * @param waiter told once, in any thread, unless it withdraws before
     */
    public void ask(Waiter<Material> waiter) {
        this.question.ask(waiter);
    }

    /** Does not wait any more. */
    public void withdraw(Waiter<Material> waiter) {
        this.question.withdraw(waiter);
    }

    /** Returns what was made last; {@code null} where nothing was. */
    public @Nullable Material latest() {
        return this.latest;
    }

    private Material read() throws SSLException {
        TlsOptions options = this.source.get();
        if (options == null) {
            throw new IllegalArgumentException(
                    "tls: " + this.source.getClass().getName() + " made null (expected: TlsOptions)");
        }
        Material latest = this.latest;
        if (latest == null || !latest.options().equals(options)) {
            latest = new Material(options, build(options));
            this.latest = latest;
        }
        return latest;
    }

    /** Left to Netty, which takes the best there is, where none is wanted. */
    private static @Nullable SslProvider provider(@Nullable Engine engine) {
        return (engine != null) ? SslProvider.valueOf(engine.name()) : null;
    }

    private static SslContext build(TlsOptions options) throws SSLException {
        return SslContextBuilder.forClient()
            .sslProvider(provider(options.engine()))
            .keyManager(options.keyManagers())
            .trustManager(options.trustManagers())
            .protocols(options.protocols())
            .ciphers(options.cipherSuites())
            .endpointIdentificationAlgorithm(options.verifyHostname() ? "HTTPS" : null)
            .build();
    }

    /**
     * The materials that were built from options.
     *
     * @param options the options
     * @param context what makes the engines
     */
    public record Material(TlsOptions options, SslContext context) {
    }

}
