package io.memlink.resp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.memlink.error.MemlinkServerException;
import io.memlink.link.ConnectionPool;
import io.memlink.link.Endpoint;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.tls.TlsOptions;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Shows that the link carries another protocol, plain and encrypted: nothing here but its
 * public types is used.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class RespIntegrationTests {

    @Parameter
    private boolean encrypted;

    @TempDir
    private Path directory;

    private RedisProcess redis;

    private LinkResources resources;

    private ConnectionPool pool;

    @BeforeEach
    void start() throws Exception {
        LinkOptions.Builder options = LinkOptions.builder().poolSize(1).requestTimeout(Duration.ofSeconds(5));
        if (this.encrypted) {
            X509Bundle certificate = new CertificateBuilder().subject("CN=redis")
                .setIsCertificateAuthority(true)
                .addSanIpAddress("127.0.0.1")
                .buildSelfSigned();
            TlsOptions tls = TlsOptions.builder().trustManagers(certificate.toTrustManagerFactory()).build();
            options.tls(() -> tls);
            this.redis = RedisProcess.startTls(this.directory, certificate);
        }
        else {
            this.redis = RedisProcess.start(this.directory);
        }
        this.resources = new LinkResources(1, 1 << 20);
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.redis.port()), new RespProtocol(),
                options.build(), this.resources);
        await().atMost(Duration.ofSeconds(10)).until(() -> this.pool.connections() == 1);
    }

    @AfterEach
    void stop() {
        this.pool.close(Duration.ofSeconds(1)).join();
        this.resources.close();
        this.redis.close();
    }

    private CompletableFuture<Optional<String>> send(String... words) {
        return this.pool.send(new RespCommand(words));
    }

    @Test
    void pings() {
        assertThat(send("PING").join()).contains("PONG");
    }

    @Test
    void readsWhatItWrote() {
        assertThat(send("SET", "greeting", "hello\r\nthere").join()).contains("OK");
        assertThat(send("GET", "greeting").join()).contains("hello\r\nthere");
        assertThat(send("GET", "nothing").join()).isEmpty();
    }

    @Test
    void pipelinesInOrder() {
        send("SET", "counter", "0").join();
        List<CompletableFuture<Optional<String>>> replies = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            replies.add(send("INCR", "counter"));
        }
        for (int i = 0; i < 1000; i++) {
            assertThat(replies.get(i).join()).contains(Integer.toString(i + 1));
        }
    }

    @Test
    void aRefusalKeepsTheConnection() {
        assertThatThrownBy(() -> send("NONSENSE").join()).hasCauseInstanceOf(MemlinkServerException.class);
        assertThat(send("PING").join()).contains("PONG");
    }

}
