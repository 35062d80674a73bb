package io.memlink.benchmarks.sidebyside.contender;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that signs itself, as a server and as those who trust it want it.
 *
 * @param store key and certificate, PKCS12
 * @param certificate PEM
 * @param key PEM
 */
public record TlsFiles(Path store, Path certificate, Path key) {

    /** What the store is locked with. */
    static final String PASSWORD = "benchmark";

    private static final String ALIAS = "server";

    /** Makes one, with the tool of the JDK. */
    public static TlsFiles create(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = directory.resolve("server.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", ALIAS, "-keyalg", "EC", "-dname",
                "CN=localhost", "-ext", "SAN=ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD)
            .inheritIO()
            .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool: " + process.exitValue() + " (expected: 0)");
        }
        KeyStore keys = load(store);
        Path certificate = directory.resolve("server.pem");
        Path key = directory.resolve("server.key");
        Files.writeString(certificate, pem("CERTIFICATE", keys.getCertificate(ALIAS).getEncoded()));
        Files.writeString(key, pem("PRIVATE KEY", keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded()));
        return new TlsFiles(store, certificate, key);
    }

    /** Reads a store; the certificate of the server in it is trusted. */
    static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

}
