package io.memlink.embedded.launch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EmbeddedMemcachedServerTests {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void helpsAndTellsItsVersion() throws InterruptedException {
        assertThat(run("--help")).isZero();
        assertThat(this.out.toString(StandardCharsets.UTF_8)).contains("--port", "--bind", "--memory", "--tls",
                "--auth-file", "--max-item-size", "--max-connections", "--claim-version", "--help", "--version");
        this.out.reset();
        assertThat(run("--version")).isZero();
        assertThat(this.out.toString(StandardCharsets.UTF_8).strip())
            .matches("memlink-embedded, as memcached 1\\.6\\.45");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nonsense                      | option: --nonsense (expected: one of --help)
            --port                          | --port: nothing (expected: a value)
            --port x                        | --port: x (expected: a number)
            --port 70000                    | --port: 70000 (expected: 0 to 65535)
            --memory 12q                    | --memory: 12q (expected: like 512k, 64m or 1g)
            --memory 0                      | --memory: 0 (expected: a positive number)
            --memory 512k                   | --max-item-size: 1m (expected: at most --memory, 512k)
            --max-item-size 2g              | --max-item-size: 2g (expected: at most 1g)
            --max-connections 0             | --max-connections: 0 (expected: a positive number)
            --auth-file /none               | --auth-file: /none (expected: a file that can be read)
            --auth-file /                   | --auth-file: / (expected: a file that can be read)
            --tls /none                     | --tls: /none (expected: a file that can be read)
            --tls / --tls-key /none         | --tls: / (expected: a file that can be read)
            --tls --tls-client-ca /none     | --tls-client-ca: /none (expected: a file that can be read)
            --tls-client-ca /none           | --tls-client-ca: without --tls (expected: with it)
            --claim-version x               | --claim-version: x (expected: like 1.6.18)
            --claim-version 1.6.99999999999 | --claim-version: 1.6.99999999999 (expected: like 1.6.18)
            --cluster here                  | --cluster: here (expected: host:port)
            --port 0,0 --unix-socket /none  | --unix-socket: /none (expected: with one port only)
            --port 0,0 --control-port 1     | --control-port: 1 (expected: with one port only)
            nonsense                        | argument: nonsense (expected: an option)
            """)
    void saysWhatIsWrong(String arguments, String message) throws InterruptedException {
        assertThat(run(arguments.split(" "))).isEqualTo(64);
        assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith(message + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "\n\n", "user\n", "user:pass\nuser2\n", ":pass\n", "a user:pass\n" })
    void startsNoServerWithoutTheLoginThatIsAskedFor(String lines, @TempDir Path folder) throws Exception {
        Path users = Files.writeString(folder.resolve("users"), lines);
        assertThat(run("--port", "0", "--auth-file", users.toString())).isEqualTo(64);
        assertThat(this.err.toString(StandardCharsets.UTF_8)).startsWith("--auth-file: " + users)
            .contains("(expected: lines of user:password)");
    }

    @Test
    void saysWhyAKeyStoreCannotBeUsed(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("keys"), "no key");
        assertThat(run("--port", "0", "--tls", file.toString())).isEqualTo(64);
        assertThat(this.err.toString(StandardCharsets.UTF_8))
            .startsWith("--tls: " + file + " (expected: key, certificates and password that can be used): ");
    }

    @Test
    void saysThatAPortIsTaken() throws InterruptedException {
        try (EmbeddedMemcached other = EmbeddedMemcached.start()) {
            assertThat(run("--port", String.valueOf(other.port()))).isEqualTo(69);
            assertThat(this.err.toString(StandardCharsets.UTF_8)).contains("(expected: free): Address already in use");
        }
    }

    @Test
    void readsSizesLikePeopleWriteThem() {
        assertThat(Options.size("memory", "64m")).isEqualTo(64L << 20);
        assertThat(Options.size("memory", "64MB")).isEqualTo(64L << 20);
        assertThat(Options.size("memory", "1g")).isEqualTo(1L << 30);
        assertThat(Options.size("memory", "512k")).isEqualTo(512L << 10);
        assertThat(Options.size("memory", "64")).isEqualTo(64L << 20);
        assertThat(Options.size("memory", "1048576")).isEqualTo(1L << 20);
        assertThatIllegalArgumentException().isThrownBy(() -> Options.size("memory", "m"));
    }

    @Test
    void startsAServerForEachPort(@TempDir Path folder) throws Exception {
        Path users = Files.writeString(folder.resolve("users"), "user:pass\nuser2:pass two\n");
        Options options = Options.parse(new String[] { "--port=0,0", "--memory", "8m", "--auth-file", users.toString(),
                "--claim-version", "1.6.18", "--max-connections", "3", "--max-item-size", "64k" });
        List<EmbeddedMemcached> servers = options.servers().stream().map((each) -> each.start()).toList();
        try {
            assertThat(servers).hasSize(2);
            for (EmbeddedMemcached server : servers) {
                String reply = exchange(new Socket(server.address().getAddress(), server.port()),
                        "set x 0 0 14\r\nuser2 pass two\r\n",
                        "set x 0 0 9\r\nuser pass\r\nversion\r\nstats settings\r\nquit\r\n");
                // The second password has a space, which that release does not
                // understand.
                assertThat(reply).contains("CLIENT_ERROR authentication failure", "STORED", "VERSION 1.6.18",
                        "STAT maxbytes 8388608\r\n", "STAT maxconns 3\r\n", "STAT item_size_max 65536\r\n");
            }
        }
        finally {
            servers.forEach(EmbeddedMemcached::close);
        }
    }

    @Test
    void speaksTlsWithACertificateOfItsOwn(@TempDir Path folder) throws Exception {
        Options options = Options.parse(new String[] { "--port", "0", "--tls" });
        try (EmbeddedMemcached server = options.servers().get(0).start()) {
            SSLContext anyone = SSLContext.getInstance("TLS");
            anyone.init(null, new javax.net.ssl.TrustManager[] { new TrustsAnyone() }, null);
            Socket socket = anyone.getSocketFactory().createSocket(server.address().getAddress(), server.port());
            assertThat(exchange(socket, "mg foo v\r\nquit\r\n")).isEqualTo("EN\r\n");
        }
    }

    @Test
    void asksClientsForACertificate(@TempDir Path folder) throws Exception {
        Path pem = pem(folder, "server");
        Path clientPem = pem(folder, "client");
        Options options = Options
            .parse(new String[] { "--port", "0", "--tls", pem.toString(), "--tls-client-ca", clientPem.toString() });
        try (EmbeddedMemcached server = options.servers().get(0).start()) {
            SSLContext known = new TlsFiles(clientPem.toString(), null, "changeit", pem.toString()).context();
            assertThat(exchange(known.getSocketFactory().createSocket(server.address().getAddress(), server.port()),
                    "mg foo v\r\nquit\r\n"))
                .isEqualTo("EN\r\n");
            SSLContext unknown = SSLContext.getInstance("TLS");
            unknown.init(null, trust(pem), null);
            assertThat(failsOrEnds(unknown, server)).isTrue();
        }
    }

    private static boolean failsOrEnds(SSLContext context, EmbeddedMemcached server) throws IOException {
        try (Socket socket = context.getSocketFactory().createSocket(server.address().getAddress(), server.port())) {
            return exchange(socket, "mg foo v\r\nquit\r\n").isEmpty();
        }
        catch (IOException ex) {
            return true;
        }
    }

    private static javax.net.ssl.TrustManager[] trust(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        String text = Files.readString(pem);
        store.setCertificateEntry("a",
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(
                            text.substring(text.indexOf("-----BEGIN CERT")).getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    // A key and a certificate in one PEM file, made by the tool of the JDK.
    private static Path pem(Path folder, String name) throws Exception {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", name, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + name,
                "-ext", "SAN=IP:127.0.0.1", "-keystore", store.toString(), "-storetype", "PKCS12", "-storepass",
                "changeit")
            .inheritIO()
            .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        java.util.Base64.Encoder mime = java.util.Base64.getMimeEncoder();
        String text = "-----BEGIN PRIVATE KEY-----\n"
                + mime.encodeToString(keys.getKey(name, "changeit".toCharArray()).getEncoded())
                + "\n-----END PRIVATE KEY-----\n-----BEGIN CERTIFICATE-----\n"
                + mime.encodeToString(keys.getCertificate(name).getEncoded()) + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve(name + ".pem"), text);
    }

    private static String exchange(Socket socket, String... requests) throws IOException {
        try (socket) {
            socket.setSoTimeout(10_000);
            StringBuilder first = new StringBuilder();
            for (int i = 0; i < requests.length; i++) {
                socket.getOutputStream().write(requests[i].getBytes(StandardCharsets.ISO_8859_1));
                if (i + 1 < requests.length) {
                    int next = socket.getInputStream().read();
                    while (next >= 0 && next != '\n') {
                        first.append((char) next);
                        next = socket.getInputStream().read();
                    }
                }
            }
            return first + new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private int run(String... arguments) throws InterruptedException {
        return EmbeddedMemcachedServer.run(arguments, new PrintStream(this.out), new PrintStream(this.err));
    }

    /** The certificate was made a moment ago, and only it knows itself. */
    private static final class TrustsAnyone implements javax.net.ssl.X509TrustManager {

        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {
        }

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }

    }

}
