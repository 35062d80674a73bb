package io.memlink.link.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.Outcome;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LineProtocol;
import io.memlink.link.LineRequest;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.RecordingListener;
import io.memlink.link.tls.TlsOptions.Engine;
import io.memlink.test.MemcachedProcess;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Encrypted connections to real servers, with both engines.
 */
class TlsIntegrationTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private static final X509Bundle AUTHORITY = authority("Memlink Tests");

    private static final X509Bundle STRANGERS = authority("Somebody Else");

    @TempDir
    private Path directory;

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    private final RecordingListener listener = new RecordingListener();

    private static X509Bundle authority(String name) {
        try {
            return new CertificateBuilder().subject("CN=" + name).setIsCertificateAuthority(true).buildSelfSigned();
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static CertificateBuilder certificate() {
        return new CertificateBuilder().subject("CN=memcached").addSanDnsName("localhost");
    }

    private TlsMemcached server(X509Bundle certificate) throws IOException {
        return new TlsMemcached(this.directory, certificate, null);
    }

    private static TlsOptions.Builder trusting(X509Bundle authority, Engine engine) throws Exception {
        return TlsOptions.builder().engine(engine).trustManagers(authority.toTrustManagerFactory());
    }

    private ConnectionPool pool(int port, String host, @Nullable Supplier<TlsOptions> tls) {
        LinkOptions.Builder options = LinkOptions.builder()
            .poolSize(1)
            .requestTimeout(Duration.ofSeconds(5))
            .handshakeTimeout(Duration.ofMillis(1000))
            .connectTimeout(Duration.ofMillis(2000))
            .idlePing(Duration.ofMillis(20));
        if (tls != null) {
            options.tls(tls);
        }
        return new ConnectionPool(new Endpoint(host, port), new LineProtocol(), options.build(), this.resources,
                this.listener);
    }

    /** Returns why no connection can be made; {@code null} where one can. */
    private @Nullable MemlinkConnectionException failure(int port, String host, @Nullable TlsOptions tls) {
        ConnectionPool pool = pool(port, host, (tls != null) ? () -> tls : null);
        try {
            assertThat(pool.send(NOOP).join()).isEqualTo("MN");
            return null;
        }
        catch (CompletionException ex) {
            return (MemlinkConnectionException) ex.getCause();
        }
        finally {
            pool.close(Duration.ZERO).join();
        }
    }

    private static void assertRefused(@Nullable MemlinkConnectionException failure, Reason reason, String message) {
        assertThat(failure).isNotNull().hasMessageContaining(message);
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
    }

    @AfterEach
    void close() {
        this.resources.close();
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void speaksWithAServerOfATrustedAuthority(Engine engine) throws Exception {
        try (TlsMemcached server = server(certificate().buildIssuedBy(AUTHORITY))) {
            assertThat(failure(server.port(), "localhost", trusting(AUTHORITY, engine).build())).isNull();
            TlsOptions oldest = trusting(AUTHORITY, engine).protocols(List.of("TLSv1.2")).build();
            assertThat(failure(server.port(), "localhost", oldest)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAnUnknownAuthority(Engine engine) throws Exception {
        try (TlsMemcached server = server(certificate().buildIssuedBy(AUTHORITY))) {
            assertRefused(failure(server.port(), "localhost", trusting(STRANGERS, engine).build()), Reason.TLS,
                    "the certificate of the server comes from an unknown authority");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesTheCertificateOfAnotherHost(Engine engine) throws Exception {
        try (TlsMemcached server = server(certificate().buildIssuedBy(AUTHORITY))) {
            assertRefused(failure(server.port(), "127.0.0.1", trusting(AUTHORITY, engine).build()), Reason.TLS,
                    "the certificate of the server is for another host");
            TlsOptions careless = trusting(AUTHORITY, engine).verifyHostname(false).build();
            assertThat(failure(server.port(), "127.0.0.1", careless)).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void acceptsTheAddressThatACertificateNames(Engine engine) throws Exception {
        X509Bundle named = certificate().addSanIpAddress("127.0.0.1").buildIssuedBy(AUTHORITY);
        try (TlsMemcached server = server(named)) {
            assertThat(failure(server.port(), "127.0.0.1", trusting(AUTHORITY, engine).build())).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAnExpiredCertificate(Engine engine) throws Exception {
        Instant now = Instant.now();
        X509Bundle expired = certificate().notBefore(now.minus(Duration.ofDays(2)))
            .notAfter(now.minus(Duration.ofDays(1)))
            .buildIssuedBy(AUTHORITY);
        try (TlsMemcached server = server(expired)) {
            assertRefused(failure(server.port(), "localhost", trusting(AUTHORITY, engine).build()), Reason.TLS,
                    "the certificate of the server has expired");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void refusesAServerOfAnOldVersion(Engine engine) throws Exception {
        try (OldTlsServer server = new OldTlsServer(certificate().rsa2048().buildIssuedBy(AUTHORITY))) {
            assertThat(server.speaksWithOldClients(AUTHORITY)).isTrue();
            MemlinkConnectionException failure = failure(server.port(), "localhost",
                    trusting(AUTHORITY, engine).build());
            assertRefused(failure, Reason.TLS, "");
            assertThat(server.handshakes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void showsItsOwnCertificateToServersThatAsk(Engine engine) throws Exception {
        X509Bundle client = new CertificateBuilder().subject("CN=client").buildIssuedBy(AUTHORITY);
        try (TlsMemcached server = new TlsMemcached(this.directory, certificate().buildIssuedBy(AUTHORITY),
                AUTHORITY)) {
            TlsOptions known = trusting(AUTHORITY, engine).keyManagers(client.toKeyManagerFactory()).build();
            assertThat(failure(server.port(), "localhost", known)).isNull();
            assertRefused(failure(server.port(), "localhost", trusting(AUTHORITY, engine).build()), Reason.TLS,
                    "the server refused the certificate of this client");
        }
    }

    @ParameterizedTest
    @EnumSource(Engine.class)
    void saysThatAPortDoesNotSpeakTls(Engine engine) throws Exception {
        try (MemcachedProcess server = MemcachedProcess.start()) {
            MemlinkConnectionException failure = failure(server.port(), "localhost",
                    trusting(AUTHORITY, engine).build());
            assertThat(failure).isNotNull()
                .message()
                .containsAnyOf("this port does not speak TLS", "does this port speak TLS?");
        }
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(failure(silent.getLocalPort(), "127.0.0.1", trusting(AUTHORITY, engine).build()),
                    Reason.CONNECT_TIMEOUT, "not completed within 1000 ms; does this port speak TLS?");
        }
    }

    @Test
    void saysThatAPortSpeaksTls() throws Exception {
        try (TlsMemcached server = server(certificate().buildIssuedBy(AUTHORITY))) {
            assertRefused(failure(server.port(), "localhost", null), Reason.LOST, "does this port speak TLS?");
        }
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(failure(silent.getLocalPort(), "127.0.0.1", null), Reason.CONNECT_TIMEOUT,
                    "or this port speaks TLS");
        }
    }

    @Test
    void certificatesCanBeExchangedWithoutLosingARequest() throws Exception {
        X509Bundle first = new CertificateBuilder().subject("CN=first").buildIssuedBy(AUTHORITY);
        X509Bundle second = new CertificateBuilder().subject("CN=second").buildIssuedBy(AUTHORITY);
        AtomicReference<TlsOptions> tls = new AtomicReference<>(
                trusting(AUTHORITY, Engine.JDK).keyManagers(first.toKeyManagerFactory()).build());
        try (TlsMemcached server = new TlsMemcached(this.directory, certificate().buildIssuedBy(AUTHORITY),
                AUTHORITY)) {
            ConnectionPool pool = pool(server.port(), "localhost", tls::get);
            pool.send(NOOP).join();
            tls.set(trusting(AUTHORITY, Engine.JDK).keyManagers(second.toKeyManagerFactory()).build());
            while (this.listener.connections.size() < 2) {
                assertThat(pool.send(NOOP).join()).isEqualTo("MN");
            }
            await().until(() -> pool.draining() == 0);
            assertThat(pool.send(NOOP).join()).isEqualTo("MN");
            assertThat(this.listener.connections).containsExactly("connected", "connected");
            assertThat(this.listener.ended).allMatch((ended) -> "MN".equals(ended.reply()));
            pool.close(Duration.ofSeconds(1)).join();
        }
    }

    @Test
    void readsCertificatesFromStoresAndText() throws Exception {
        X509Bundle client = new CertificateBuilder().subject("CN=client").rsa2048().buildIssuedBy(AUTHORITY);
        Path chain = Files.writeString(this.directory.resolve("chain.pem"), client.getCertificatePathPEM());
        Path key = Files.writeString(this.directory.resolve("key.pem"), client.getPrivateKeyPEM());
        Path authorities = Files.writeString(this.directory.resolve("ca.pem"),
                STRANGERS.getCertificatePEM() + AUTHORITY.getCertificatePEM());
        try (TlsMemcached server = new TlsMemcached(this.directory, certificate().buildIssuedBy(AUTHORITY),
                AUTHORITY)) {
            TlsOptions text = TlsOptions.builder().keyPem(chain, key).trustPem(authorities).build();
            assertThat(failure(server.port(), "localhost", text)).isNull();
            for (String type : new String[] { "PKCS12", "JKS" }) {
                TlsOptions stores = TlsOptions.builder()
                    .keyStore(keyStore(type, client), type, "secret")
                    .trustStore(trustStore(type), type, "secret")
                    .build();
                assertThat(failure(server.port(), "localhost", stores)).as(type).isNull();
            }
        }
    }

    private Path keyStore(String type, X509Bundle bundle) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setKeyEntry("client", bundle.getKeyPair().getPrivate(), "secret".toCharArray(),
                bundle.getCertificatePath());
        return save(store, "client." + type);
    }

    private Path trustStore(String type) throws Exception {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        store.setCertificateEntry("authority", AUTHORITY.getCertificate());
        return save(store, "trust." + type);
    }

    private Path save(KeyStore store, String name) throws Exception {
        Path file = this.directory.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, "secret".toCharArray());
        }
        return file;
    }

    @Test
    void refusesWhatCannotBeReadOrIsNotSafe() throws IOException {
        Path nothing = Files.writeString(this.directory.resolve("nothing.pem"), "nothing");
        assertThatIllegalArgumentException().isThrownBy(() -> TlsOptions.builder().trustPem(nothing))
            .withMessageStartingWith("trustPem: " + nothing + " (expected: readable PEM)");
        assertThatIllegalArgumentException().isThrownBy(() -> TlsOptions.builder().keyPem(nothing, nothing))
            .withMessageStartingWith("keyPem: " + nothing + " (expected: readable PEM)");
        assertThatIllegalArgumentException().isThrownBy(() -> TlsOptions.builder().protocols(List.of("TLSv1.1")))
            .withMessage("protocols: TLSv1.1 (expected: TLSv1.2 or newer)");
    }

}
