package io.memlink.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.memlink.link.tls.TlsOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * TLS options of the current SSL bundle. Safe for use by many threads.
 */
final class BundleTlsOptions implements Supplier<TlsOptions> {

    private final MemlinkConnectionDetails details;

    private final boolean verifyHostname;

    private volatile @Nullable Known known;

    BundleTlsOptions(MemlinkConnectionDetails details, boolean verifyHostname) {
        this.details = details;
        this.verifyHostname = verifyHostname;
    }

    @Override
    public TlsOptions get() {
        SslBundle bundle = this.details.getSslBundle();
        Known known = this.known;
        if (bundle == null) {
            throw new IllegalStateException("SSL bundle: null (expected: the replacement of the earlier one)");
        }
        if (known == null || known.bundle() != bundle) {
            known = new Known(bundle, options(bundle));
            this.known = known;
        }
        return known.options();
    }

    private TlsOptions options(SslBundle bundle) {
        TlsOptions.Builder tls = TlsOptions.builder()
            .keyManagers(bundle.getManagers().getKeyManagerFactory())
            .trustManagers(bundle.getManagers().getTrustManagerFactory())
            .verifyHostname(this.verifyHostname);
        SslOptions options = bundle.getOptions();
        if (options.getEnabledProtocols() != null) {
            tls.protocols(List.of(options.getEnabledProtocols()));
        }
        if (options.getCiphers() != null) {
            tls.cipherSuites(List.of(options.getCiphers()));
        }
        return tls.build();
    }

    /**
     * A bundle and the options made from it.
     *
     * @param bundle the bundle
     * @param options what it means
     */
    private record Known(SslBundle bundle, TlsOptions options) {
    }

}
