package io.memlink.resp;

import java.io.IOException;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Shows that the link carries another protocol: nothing here but its public types is
 * used.
 */
class RespIntegrationTests {

    @TempDir
    private static Path directory;

    private static RedisProcess redis;

    private static LinkResources resources;

    private static ConnectionPool pool;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start(directory);
        resources = new LinkResources(1, 1 << 20);
        pool = new ConnectionPool(new Endpoint("127.0.0.1", redis.port()), new RespProtocol(),
                LinkOptions.builder().build(), resources);
        await().atMost(Duration.ofSeconds(10)).until(() -> pool.connections() == 1);
    }

    @AfterAll
    static void stop() {
        pool.close(Duration.ofSeconds(1)).join();
        resources.close();
        redis.close();
    }

    private static CompletableFuture<Optional<String>> send(String... words) {
        return pool.send(new RespCommand(words));
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
