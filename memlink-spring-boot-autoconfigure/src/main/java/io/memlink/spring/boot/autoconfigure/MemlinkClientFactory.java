package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.link.TlsOptions;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.util.StringUtils;

/**
 * Builds the client from what the application says. Immutable.
 *
 * @param properties the settings
 * @param details where the servers are
 * @param customizers have the last word
 */
record MemlinkClientFactory(MemlinkProperties properties, MemlinkConnectionDetails details,
        List<MemlinkClientBuilderCustomizer> customizers) {

    MemlinkClient create() {
        MemlinkClientBuilder builder = MemlinkClient.builder()
            .backends(this.details.getBackends())
            .poolSize(this.properties.getPool().getSize())
            .requestTimeout(this.properties.getRequestTimeout())
            .connectTimeout(this.properties.getConnectTimeout())
            .locator(this.properties.getRouting().getLocator());
        String username = this.details.getUsername();
        String password = this.details.getPassword();
        if (StringUtils.hasText(username)) {
            builder.credentials(username, (password != null) ? password : "");
        }
        SslBundle bundle = this.details.getSslBundle();
        if (bundle != null) {
            TlsOptions tls = tls(bundle);
            builder.tls(() -> tls);
        }
        this.customizers.forEach((customizer) -> customizer.customize(builder));
        return builder.build();
    }

    private TlsOptions tls(SslBundle bundle) {
        TlsOptions.Builder tls = TlsOptions.builder()
            .keyManagers(bundle.getManagers().getKeyManagerFactory())
            .trustManagers(bundle.getManagers().getTrustManagerFactory())
            .verifyHostname(this.properties.getSsl().isVerifyHostname());
        SslOptions options = bundle.getOptions();
        if (options.getEnabledProtocols() != null) {
            tls.protocols(List.of(options.getEnabledProtocols()));
        }
        if (options.getCiphers() != null) {
            tls.cipherSuites(List.of(options.getCiphers()));
        }
        return tls.build();
    }

}
