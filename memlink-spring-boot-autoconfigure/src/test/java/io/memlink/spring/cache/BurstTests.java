package io.memlink.spring.cache;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import io.memlink.cluster.RequestObserver;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.invocation.WriteBacklog;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Puts and evictions in a loop, of which nobody waits for a single one.
 */
@EmbeddedMemcachedTest
class BurstTests {

    private static final int MANY = 20 * WriteBacklog.MAX;

    private final AtomicInteger refused = new AtomicInteger();

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private MemlinkCache cache;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .poolSize(1)
            .maxInFlight(2 * WriteBacklog.MAX)
            .requestObserver(new Refusals())
            .build();
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .build();
        this.manager.afterPropertiesSet();
        this.cache = (MemlinkCache) this.manager.getCache("things");
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    private static void loop(IntConsumer write) {
        for (int i = 0; i < MANY; i++) {
            write.accept(i);
        }
    }

    @Test
    void aLoopThatPutsLosesNothing() {
        loop((i) -> this.cache.put("key" + i, i));
        await().until(() -> this.cache.getStatistics().get(Count.PUTS) == MANY);
        assertThat(this.refused).hasValue(0);
    }

    @Test
    void norDoesOneThatEvicts() {
        loop((i) -> this.cache.evict("key" + i));
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.refused).hasValue(0);
    }

    @Test
    void anEventLoopDoesNotWaitForItself() throws Exception {
        CompletableFuture<Void> done = this.client.get("key")
            .thenAccept((value) -> loop((i) -> this.cache.put("key" + i, i)));
        // Not join, which would stand in for the event loop.
        done.get(20, TimeUnit.SECONDS);
        assertThat(this.cache.get("other")).isNull();
    }

    private final class Refusals implements RequestObserver {

        @Override
        public <T> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
                Supplier<CompletableFuture<T>> send) {
            CompletableFuture<T> sent = send.get();
            sent.whenComplete((reply, failure) -> {
                if (failure instanceof MemlinkOverloadedException) {
                    BurstTests.this.refused.incrementAndGet();
                }
            });
            return sent;
        }

    }

}
