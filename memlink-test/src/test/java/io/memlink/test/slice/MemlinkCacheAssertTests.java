package io.memlink.test.slice;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.concurrent.ConcurrentMapCache;

import static io.memlink.test.slice.MemlinkCacheAssert.assertThatCache;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What is counted on the servers behind a cache.
 */
@EmbeddedMemcachedTest
class MemlinkCacheAssertTests {

    private final MemlinkCacheAssert books = assertThatCache(new ConcurrentMapCache("books"));

    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void disconnect() throws IOException {
        for (Socket socket : this.sockets) {
            socket.close();
        }
    }

    @Test
    void waitsForAStoreThatIsUnderWay() throws IOException {
        AtomicBoolean asked = new AtomicBoolean();
        InstantSource clock = () -> {
            asked.set(true);
            return Instant.EPOCH.plusSeconds(1_800_000_000);
        };
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().clock(clock).start()) {
            store(server, "books:2g:sother");
            await().until(() -> server.requests("ms") == 1);
            server.freeze();
            asked.set(false);
            store(server, "books:2g:sa");
            // The assertion asks for items, whose age the clock tells.
            CompletableFuture<Void> thawed = CompletableFuture.runAsync(() -> {
                await().pollInterval(Duration.ofMillis(1)).untilTrue(asked);
                server.thaw();
            });
            this.books.wasLoadedOnce("a", server);
            thawed.join();
        }
    }

    @Test
    void countsThisEntryOnly(EmbeddedMemcached server) throws IOException {
        store(server, "books:2g:s42");
        store(server, "books:2g:sorder-42");
        await().until(() -> server.requests("ms") == 2);
        this.books.wasLoadedOnce("42", server).wasLoadedOnce("order-42", server).wasLoaded(0, "order", server);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> this.books.wasLoaded(0, "42", server))
            .withMessageContaining("to have been loaded 0 time(s)");
    }

    private void store(EmbeddedMemcached server, String key) throws IOException {
        Socket socket = new Socket(server.address().getAddress(), server.port());
        this.sockets.add(socket);
        socket.getOutputStream().write(("ms " + key + " 1\r\nx\r\n").getBytes(StandardCharsets.US_ASCII));
    }

}
