package io.memlink.embedded;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for the loopback address, made once by the tool of the JDK.
 */
final class TestCertificate {

    private static final String PASSWORD = "changeit";

    private static KeyStore keys;

    private TestCertificate() {
    }

    static SSLContext serverContext() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    /** Connects with TLS, and trusts this certificate only. */
    static Socket connect(InetSocketAddress address) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(keys());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context.getSocketFactory().createSocket(address.getAddress(), address.getPort());
    }

    private static synchronized KeyStore keys() throws Exception {
        if (keys == null) {
            keys = make();
        }
        return keys;
    }

    private static KeyStore make() throws Exception {
        Path folder = Files.createTempDirectory("memlink-embedded");
        Path file = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
                "-ext", "SAN=IP:127.0.0.1", "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool made no certificate");
        }
        KeyStore made = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        // A certificate that is trusted has an entry of its own.
        made.setCertificateEntry("trusted", made.getCertificate("server"));
        Files.delete(file);
        Files.delete(folder);
        return made;
    }

}
