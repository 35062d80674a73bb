package io.memlink.benchmarks.sidebyside.contender;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** Engines that trust the server of a run; those of the JDK, as all clients use here. */
final class TrustedTls {

    private final SSLContext context;

    TrustedTls(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = TlsFiles.load(store);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", keys.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        this.context = SSLContext.getInstance("TLS");
        this.context.init(null, trust.getTrustManagers(), null);
    }

    SSLEngine newEngine() {
        SSLEngine engine = this.context.createSSLEngine();
        engine.setUseClientMode(true);
        return engine;
    }

}
