package io.memlink.spring.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate that has signed itself, in the forms that servers and clients want.
 *
 * @param directory holds the files
 */
record ServerCertificate(Path directory) {

    static final String PASSWORD = "changeit";

    /** Makes a certificate, in the place of one that is there already. */
    static ServerCertificate create(Path directory, String names) {
        try {
            Files.createDirectories(directory);
            ServerCertificate certificate = new ServerCertificate(directory);
            Files.deleteIfExists(certificate.store());
            keytool("-genkeypair", "-alias", "server", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=memcached",
                    "-ext", "san=" + names, "-validity", "2", "-storetype", "PKCS12", "-storepass", PASSWORD,
                    "-keystore", certificate.store().toString());
            certificate.writePem();
            return certificate;
        }
        catch (IOException | GeneralSecurityException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void keytool(String... arguments) throws IOException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(output);
        }
    }

    private void writePem() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store())) {
            store.load(in, PASSWORD.toCharArray());
        }
        writePem(key(), "PRIVATE KEY", store.getKey("server", PASSWORD.toCharArray()).getEncoded());
        writePem(certificate(), "CERTIFICATE", store.getCertificate("server").getEncoded());
    }

    private static void writePem(Path file, String type, byte[] encoded) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(encoded);
        Files.writeString(file, "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
    }

    Path store() {
        return this.directory.resolve("server.p12");
    }

    Path certificate() {
        return this.directory.resolve("certificate.pem");
    }

    Path key() {
        return this.directory.resolve("key.pem");
    }

    /** Returns what makes memcached show this certificate. */
    String[] serverArguments() {
        return new String[] { "-Z", "-o", "ssl_chain_cert=" + certificate() + ",ssl_key=" + key() };
    }

}
