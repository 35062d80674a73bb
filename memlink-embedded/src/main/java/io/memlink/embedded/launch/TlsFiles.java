package io.memlink.embedded.launch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The origin of the program's key, certificate and trusted certificates: key stores, PEM
 * files, or the tool of the JDK that makes them. Immutable.
 *
 * @param file a key store, a PEM file, or empty for a certificate that is made now
 * @param keyFile a PEM file with the key, or null if it is in the first file
 * @param password the password of the key store
 * @param clientAuthorities a PEM file with the certificates that sign those of clients,
 * or null
 */
record TlsFiles(String file, @Nullable String keyFile, String password, @Nullable String clientAuthorities) {

    private static final Logger logger = LoggerFactory.getLogger(TlsFiles.class);

    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

    SSLContext context() throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), this.password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        if (this.clientAuthorities != null) {
            trust.init(trustStore(Path.of(this.clientAuthorities)));
        }
        context.init(keys.getKeyManagers(), (this.clientAuthorities != null) ? trust.getTrustManagers() : null, null);
        return context;
    }

    private KeyStore keyStore() throws IOException, GeneralSecurityException {
        if (this.file.isEmpty()) {
            return selfSigned();
        }
        Path path = Path.of(this.file);
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException("--tls: " + path + " (expected: a file that can be read)");
        }
        return isPem(path) ? pem(path) : KeyStore.getInstance(path.toFile(), this.password.toCharArray());
    }

    private static boolean isPem(Path path) throws IOException {
        return new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1).contains("-----BEGIN ");
    }

    private KeyStore pem(Path path) throws IOException, GeneralSecurityException {
        Collection<? extends Certificate> chain = certificates(path);
        Path keyPath = (this.keyFile != null) ? Path.of(this.keyFile) : path;
        Matcher key = KEY.matcher(Files.readString(keyPath));
        if (chain.isEmpty() || !key.find()) {
            throw new IllegalArgumentException("--tls: " + path + " (expected: a certificate, and a PKCS #8 key there "
                    + "or in the file of --tls-key)");
        }
        byte[] bytes = Base64.getMimeDecoder().decode(key.group(1));
        String algorithm = chain.iterator().next().getPublicKey().getAlgorithm();
        PrivateKey privateKey = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
        KeyStore store = empty();
        store.setKeyEntry("server", privateKey, this.password.toCharArray(), chain.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore trustStore(Path path) throws IOException, GeneralSecurityException {
        KeyStore store = empty();
        int number = 0;
        for (Certificate certificate : certificates(path)) {
            store.setCertificateEntry("authority-" + number++, certificate);
        }
        return store;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path path)
            throws IOException, GeneralSecurityException {
        String text = new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        String certificates = text.contains("-----BEGIN CERTIFICATE")
                ? text.substring(text.indexOf("-----BEGIN CERTIFICATE")) : text;
        int key = certificates.indexOf("-----BEGIN PRIVATE KEY");
        String before = (key < 0) ? certificates : certificates.substring(0, key);
        try (InputStream in = new ByteArrayInputStream(before.getBytes(StandardCharsets.ISO_8859_1))) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }

    // The JDK makes certificates with its tool only. The certificate stays, for clients.
    private KeyStore selfSigned() throws IOException, GeneralSecurityException {
        Path folder = Files.createTempDirectory("memlink-embedded");
        Path store = folder.resolve("server.p12");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "3650",
                "-dname", "CN=localhost", "-ext", "SAN=DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1", "-storetype",
                "PKCS12", "-keystore", store.toString(), "-storepass", this.password);
        KeyStore keys = KeyStore.getInstance(store.toFile(), this.password.toCharArray());
        Path certificate = folder.resolve("server.pem");
        String encoded = Base64.getMimeEncoder().encodeToString(keys.getCertificate("server").getEncoded());
        Files.writeString(certificate,
                "-----BEGIN CERTIFICATE-----\n" + encoded.replace("\r", "") + "\n-----END CERTIFICATE-----\n");
        Files.delete(store);
        logger.info("A certificate for localhost was made; clients can trust {}", certificate);
        return keys;
    }

    private static void keytool(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException("--tls: keytool made no certificate: " + output.strip());
            }
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while keytool made a certificate", ex);
        }
    }

}
