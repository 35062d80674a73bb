package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.EmbeddedMemcachedTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Changes that wait in the JVM until it is too late to send them, and reads that are
 * called after them, in time.
 */
@EmbeddedMemcachedTest
class UnsentPutTests {

    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(500);

    private EmbeddedMemcached server;

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private MemlinkCache cache;

    @BeforeEach
    void open(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(REQUEST_TIMEOUT)
            .ioThreads(1)
            .build();
        this.client.blocking().get("connected");
    }

    private void open(MemlinkCacheConfigurationBuilder configuration) {
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(configuration.clearLag(Duration.ofHours(1)).build())
            .build();
        this.manager.afterPropertiesSet();
        this.cache = view();
        this.cache.put("key", "old");
        assertThat(read()).isEqualTo("old");
    }

    private MemlinkCache view() {
        return (MemlinkCache) this.manager.getCache("things");
    }

    private @Nullable String read() {
        return view().get("key", String.class);
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    /** Does something while the event loop is busy. */
    private void meanwhile(Runnable action) {
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        CompletableFuture<Void> busy = this.client.get("held").thenRun(() -> {
            begun.complete(null);
            done.join();
        });
        try {
            await().until(hold::reached);
            hold.release();
            begun.join();
            action.run();
        }
        finally {
            done.complete(null);
        }
        busy.join();
    }

    private void isNotReadAfter(Runnable change) throws Exception {
        CompletableFuture<?>[] reading = new CompletableFuture<?>[1];
        meanwhile(() -> {
            long calledNanos = System.nanoTime();
            change.run();
            await().until(() -> System.nanoTime() - calledNanos > REQUEST_TIMEOUT.toNanos());
            reading[0] = view().retrieve("key");
        });
        assertThat(reading[0].get(10, TimeUnit.SECONDS)).isNull();
        assertThat(read()).isNull();
    }

    @Test
    void nobodyReadsWhatWasThereBeforeAPut() throws Exception {
        open(MemlinkCacheConfiguration.builder());
        isNotReadAfter(() -> this.cache.put("key", "new"));
        assertThat(this.cache.getStatistics().get(Count.PUTS)).as("the put was not sent").isOne();
    }

    @Test
    void norFindsItInMemory() throws Exception {
        open(MemlinkCacheConfiguration.builder().near(NearCacheConfiguration.defaults()));
        isNotReadAfter(() -> this.cache.put("key", "new"));
    }

    @Test
    void norWhatWasThereBeforeAnEviction() throws Exception {
        open(MemlinkCacheConfiguration.builder());
        isNotReadAfter(() -> this.cache.evict("key"));
    }

}
