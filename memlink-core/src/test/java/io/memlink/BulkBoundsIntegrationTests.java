package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.RequestObserver;
import io.memlink.link.loop.SyncCaller;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Operations on many keys are refused at none of the client's bounds by themselves, and
 * follow its backends.
 */
@MemcachedTest(servers = 2, arguments = { "-I", "16m", "-m", "512" })
class BulkBoundsIntegrationTests {

    private MemlinkClient client;

    @AfterEach
    void close() {
        this.client.close();
    }

    private static MemlinkClientBuilder builder(MemcachedProcess... servers) {
        MemlinkClientBuilder builder = MemlinkClient.builder().requestTimeout(Duration.ofSeconds(20));
        for (MemcachedProcess server : servers) {
            builder.backends("127.0.0.1:" + server.port());
        }
        return builder;
    }

    private MemlinkClient connect(MemlinkClientBuilder builder) {
        this.client = builder.build();
        await().until(() -> this.client.backends().stream().allMatch((backend) -> backend.state() == State.UP));
        return this.client;
    }

    private static Map<String, byte[]> values(String prefix, int count, int bytes) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put(prefix + i, new byte[bytes]);
        }
        return values;
    }

    private static <T> T within(CompletableFuture<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aBulkOperationIsRefusedAtNoBoundByItself(MemcachedProcess server) throws Exception {
        connect(builder(server).maxInFlight(10).maxInFlightBytes(500_000));
        Map<String, byte[]> values = values("key-", 300, 100_000);
        assertThat(within(this.client.setAll(values, Expiration.never())).failures()).isEmpty();
        assertThat(within(this.client.getAll(values.keySet())).hits()).hasSize(300);
        assertThat(within(this.client.deleteAll(values.keySet())).done()).hasSize(300);
    }

    @Test
    void bulkOperationsDoNotRefuseEachOther(MemcachedProcess server) throws Exception {
        connect(builder(server).maxInFlight(100));
        List<CompletableFuture<BulkWriteResult>> stored = new ArrayList<>();
        List<CompletableFuture<BulkResult<byte[]>>> read = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Map<String, byte[]> values = values(i + "-", 500, 10);
            stored.add(this.client.setAll(values, Expiration.never()));
            read.add(this.client.getAll(values.keySet()));
        }
        for (CompletableFuture<BulkWriteResult> each : stored) {
            assertThat(within(each).failures()).isEmpty();
        }
        for (CompletableFuture<BulkResult<byte[]>> each : read) {
            assertThat(within(each).failures()).isEmpty();
        }
    }

    @Test
    void anItemOfTheLargestSizeCanBeStoredAndRead(MemcachedProcess server) throws Exception {
        connect(builder(server).maxItemBytes(16 << 20));
        within(this.client.set("large", new byte[12 << 20], Expiration.never()));
        assertThat(within(this.client.get("large"))).hasSize(12 << 20);
        assertThat(within(this.client.setAll(values("large-", 3, 12 << 20), Expiration.never())).failures()).isEmpty();
    }

    @Test
    void noValueIsEncodedOnAnEventLoop(MemcachedProcess server) throws Exception {
        connect(builder(server));
        AtomicInteger encoded = new AtomicInteger();
        AtomicInteger encodedOnLoop = new AtomicInteger();
        Transcoder<byte[]> watching = new Transcoder<>() {

            @Override
            public EncodedValue encode(byte[] value) {
                encoded.incrementAndGet();
                encodedOnLoop.addAndGet(SyncCaller.isOnLoop() ? 1 : 0);
                return Transcoder.bytes().encode(value);
            }

            @Override
            public byte[] decode(EncodedValue value) {
                return value.data();
            }

        };
        Map<String, byte[]> values = values("key-", 200, 100_000);
        assertThat(within(this.client.with(watching).setAll(values, Expiration.never())).failures()).isEmpty();
        assertThat(encoded).hasValueGreaterThan(200);
        assertThat(encodedOnLoop).hasValue(0);
        assertThat(within(this.client.getAll(values.keySet())).hits()).hasSize(200);
    }

    @Test
    void readsFollowABackendThatLeaves(MemcachedProcess first, MemcachedProcess second) throws Exception {
        connect(builder(first, second));
        List<String> keys = new ArrayList<>(values("key-", 300_000, 0).keySet());
        CompletableFuture<BulkResult<byte[]>> all = this.client.getAll(keys);
        CompletableFuture<BulkWriteResult> deleted = this.client.deleteAll(keys.subList(0, 50_000));
        this.client.membership().apply(List.of(Backend.parse("127.0.0.1:" + first.port())), false);
        assertThat(within(all).failures()).isEmpty();
        assertThat(within(deleted).failures()).isEmpty();
    }

    @Test
    void whatAnObserverThrowsHasNoEffectOnTheOperation(MemcachedProcess server) throws Exception {
        Error error = new StackOverflowError("of the observer");
        connect(builder(server).requestObserver(new RequestObserver() {

            @Override
            public <R> CompletableFuture<R> observe(Backend backend, MetaRequest<?> request,
                    Supplier<CompletableFuture<R>> send) {
                if (request.key().toString().contains("key-700")) {
                    throw error;
                }
                return send.get();
            }

        }));
        Map<String, byte[]> values = values("key-", 1000, 1);
        assertThat(within(this.client.setAll(values, Expiration.never())).failures()).isEmpty();
        assertThat(within(this.client.getAll(values.keySet())).hits()).hasSize(1000);
        assertThat(within(this.client.deleteAll(values.keySet())).failures()).isEmpty();
    }

    @Test
    void whatATranscoderThrowsEndsTheOperation(MemcachedProcess server) throws Exception {
        connect(builder(server));
        this.client.set("key", new byte[1], Expiration.never()).join();
        Error error = new StackOverflowError("of the transcoder");
        ValueOperations<byte[]> broken = this.client.with(new Transcoder<>() {

            @Override
            public EncodedValue encode(byte[] value) {
                throw error;
            }

            @Override
            public byte[] decode(EncodedValue value) {
                throw error;
            }

        });
        assertThatThrownBy(() -> broken.setAll(values("key-", 10, 1), Expiration.never())).isSameAs(error);
        assertThatThrownBy(() -> within(broken.getAll(List.of("key", "missing")))).hasCause(error);
    }

}
