package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.loading.LoadPolicy;
import io.memlink.loading.LoadPolicy.WhenLost;
import io.memlink.loading.Loaded;
import io.memlink.loading.Loaded.Source;
import io.memlink.meta.Expiration;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Loading what is missing, with four clients of one real server.
 */
@MemcachedTest
class LeaseIntegrationTests {

    private static final LoadPolicy WAITING = LoadPolicy.builder()
        .timeToLive(Duration.ofMinutes(1))
        .whenLost(WhenLost.WAIT)
        .maxWait(Duration.ofSeconds(10))
        .build();

    private final List<MemlinkClient> clients = new ArrayList<>();

    private final List<ValueOperations<String>> texts = new ArrayList<>();

    private final AtomicInteger loads = new AtomicInteger();

    @BeforeEach
    void connect(MemcachedProcess server) {
        for (int i = 0; i < 4; i++) {
            MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build();
            await().until(() -> client.backends().get(0).state() == State.UP);
            this.clients.add(client);
            this.texts.add(client.with(Transcoder.text()));
        }
    }

    @AfterEach
    void close() {
        this.clients.forEach(MemlinkClient::close);
    }

    private Supplier<CompletionStage<String>> counting(CompletionStage<String> value) {
        return () -> {
            this.loads.incrementAndGet();
            return value;
        };
    }

    @Test
    void oneOfAThousandCallersInFourClientsLoads() {
        CompletableFuture<String> value = new CompletableFuture<>();
        List<CompletableFuture<Loaded<String>>> calls = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            calls.add(this.texts.get(i % 4).getOrLoad("k", counting(value), WAITING));
        }
        await().until(() -> this.loads.get() == 1);
        value.complete("loaded");
        for (CompletableFuture<Loaded<String>> call : calls) {
            assertThat(call.join().value()).isEqualTo("loaded");
        }
        assertThat(this.loads).hasValue(1);
        assertThat(calls.stream().filter((call) -> call.join().source() == Source.LOADED)).hasSize(1);
        await().until(() -> "loaded".equals(this.texts.get(3).get("k").join()));
    }

    @Test
    void otherReadsDoNotSeeALease() {
        this.texts.get(0).getOrLoad("k", counting(new CompletableFuture<>()), WAITING);
        await().until(() -> this.loads.get() == 1);
        assertThat(this.texts.get(1).get("k").join()).isNull();
        assertThat(this.texts.get(1).getItem("k").join()).isNull();
        assertThat(this.texts.get(1).getAll(List.of("k")).join().hits()).isEmpty();
    }

    @Test
    void readersOfManyKeysSeeNoLeaseAndTakeNoTurn() {
        this.texts.get(0).getOrLoad("leased", counting(new CompletableFuture<>()), WAITING);
        await().until(() -> this.loads.get() == 1);
        MemlinkClient bytes = this.clients.get(0);
        bytes.set("empty", new byte[0], Expiration.never()).join();
        bytes.set("full", new byte[] { 1 }, Expiration.never()).join();
        bytes.set("stale", new byte[] { 2 }, Expiration.never()).join();
        bytes.markStale("stale", Duration.ofSeconds(30)).join();
        List<String> keys = List.of("full", "leased", "empty", "stale", "missing", "leased", "full");
        BulkResult<byte[]> read = bytes.getAll(keys).join();
        assertThat(read.failures()).isEmpty();
        assertThat(read.hits()).containsOnlyKeys("full", "empty", "stale");
        assertThat(read.hits().get("empty")).isEmpty();
        assertThat(read.hits().get("stale")).containsExactly(2);
        assertThat(bytes.get("stale").join()).as("the turn is still to be taken").isNull();
    }

    @Test
    void oneOfTheOtherReadersMissesAValueThatIsOutOfDate() {
        this.texts.get(0).set("k", "old", Expiration.never()).join();
        this.clients.get(0).markStale("k", Duration.ofSeconds(30)).join();
        assertThat(this.texts.get(0).get("k").join()).isNull();
        assertThat(this.texts.get(1).get("k").join()).isEqualTo("old");
    }

    @Test
    void anotherClientLoadsWhereTheOneWithTheLeaseIsGone() {
        LoadPolicy shortLease = LoadPolicy.builder()
            .timeToLive(Duration.ofMinutes(1))
            .leaseTime(Duration.ofSeconds(1))
            .whenLost(WhenLost.WAIT)
            .maxWait(Duration.ofSeconds(10))
            .build();
        this.texts.get(0).getOrLoad("k", counting(new CompletableFuture<>()), shortLease);
        await().until(() -> this.loads.get() == 1);
        CompletableFuture<Loaded<String>> other = this.texts.get(1)
            .getOrLoad("k", counting(CompletableFuture.completedFuture("second")), shortLease);
        this.clients.get(0).close();
        assertThat(other.join()).isEqualTo(new Loaded<>("second", Source.LOADED, null));
        assertThat(this.texts.get(1).get("k").join()).isEqualTo("second");
    }

    @Test
    void theNextCallerLoadsAtOnceAfterAFailure() {
        CompletableFuture<Loaded<String>> failing = this.texts.get(0)
            .getOrLoad("k", counting(CompletableFuture.failedFuture(new IllegalStateException("no database"))),
                    WAITING);
        assertThatThrownBy(failing::join).isInstanceOf(CompletionException.class)
            .hasCause(new IllegalStateException("no database"));
        LoadPolicy patientless = LoadPolicy.builder().whenLost(WhenLost.WAIT).maxWait(Duration.ZERO).build();
        await().untilAsserted(() -> {
            Loaded<String> next = this.texts.get(1)
                .getOrLoad("k", counting(CompletableFuture.completedFuture("loaded")), patientless)
                .join();
            assertThat(next.value()).isEqualTo("loaded");
            assertThat(this.texts.get(1).get("k").join()).isEqualTo("loaded");
        });
    }

    @Test
    void neverStoresWhatWasLoadedBeforeAnEviction() {
        CompletableFuture<String> old = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> slow = this.texts.get(0).getOrLoad("k", counting(old), WAITING);
        await().until(() -> this.loads.get() == 1);
        this.clients.get(1).delete("k").join();
        old.complete("old");
        assertThat(slow.join().value()).isEqualTo("old");
        // Comes after the attempt to store, on the same connection.
        assertThat(this.texts.get(0).get("k").join()).isNull();
        Loaded<String> fresh = this.texts.get(2)
            .getOrLoad("k", counting(CompletableFuture.completedFuture("new")), WAITING)
            .join();
        assertThat(fresh.value()).isEqualTo("new");
    }

    @Test
    void anEvictionInThisClientKeepsLaterCallersFromJoiningTheLoad() {
        CompletableFuture<String> old = new CompletableFuture<>();
        this.texts.get(0).getOrLoad("k", counting(old), WAITING);
        await().until(() -> this.loads.get() == 1);
        this.clients.get(0).delete("k").join();
        Loaded<String> later = this.texts.get(0)
            .getOrLoad("k", counting(CompletableFuture.completedFuture("new")), WAITING)
            .join();
        assertThat(later).isEqualTo(new Loaded<>("new", Source.LOADED, null));
        old.complete("old");
        assertThat(this.texts.get(0).get("k").join()).isEqualTo("new");
    }

    @Test
    void servesAStaleValueWhileOneLoads() {
        LoadPolicy stale = LoadPolicy.timeToLive(Duration.ofMinutes(1));
        this.texts.get(0).set("k", "old", Expiration.never()).join();
        this.clients.get(0).markStale("k", Duration.ofSeconds(30)).join();
        CompletableFuture<String> value = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> loading = this.texts.get(0).getOrLoad("k", counting(value), stale);
        await().until(() -> this.loads.get() == 1);
        for (ValueOperations<String> text : this.texts) {
            assertThat(text.getOrLoad("k", counting(value), stale).join())
                .isEqualTo(new Loaded<>("old", Source.STALE, null));
        }
        value.complete("new");
        assertThat(loading.join()).isEqualTo(new Loaded<>("new", Source.LOADED, null));
        assertThat(this.texts.get(0).getOrLoad("k", counting(value), stale).join())
            .isEqualTo(new Loaded<>("new", Source.HIT, null));
        assertThat(this.loads).hasValue(1);
    }

    @Test
    void aStaleValueIsWonAgainAfterAFailure() {
        LoadPolicy stale = LoadPolicy.builder().staleOnError(true).build();
        this.texts.get(0).set("k", "old", Expiration.never()).join();
        this.clients.get(0).markStale("k", Duration.ofSeconds(30)).join();
        IllegalStateException failure = new IllegalStateException("no database");
        assertThat(this.texts.get(0).getOrLoad("k", counting(CompletableFuture.failedFuture(failure)), stale).join())
            .isEqualTo(new Loaded<>("old", Source.STALE, failure));
        assertThat(this.texts.get(0).getOrLoad("k", counting(CompletableFuture.completedFuture("new")), stale).join())
            .isEqualTo(new Loaded<>("new", Source.LOADED, null));
    }

    @Test
    void usesAValueThatIsOutOfDateWhileItIsLoadedAnewInTheBackground() {
        LoadPolicy policy = LoadPolicy.builder()
            .timeToLive(Duration.ofSeconds(1))
            .staleFor(Duration.ofMinutes(1))
            .build();
        this.texts.get(0).set("k", "old", Expiration.after(Duration.ofSeconds(30))).join();
        CompletableFuture<String> value = new CompletableFuture<>();
        assertThat(this.texts.get(0).getOrLoad("k", counting(value), policy).join())
            .isEqualTo(new Loaded<>("old", Source.STALE, null));
        await().until(() -> this.loads.get() == 1);
        value.complete("new");
        await().until(() -> "new".equals(this.texts.get(1).get("k").join()));
    }

    @Test
    void anEmptyValueIsNotALease() {
        this.texts.get(0).set("k", "", Expiration.never()).join();
        assertThat(this.texts.get(0).getOrLoad("k", counting(new CompletableFuture<>()), WAITING).join())
            .isEqualTo(new Loaded<>("", Source.HIT, null));
    }

    @Test
    void storesNothingWhereTheLoaderHasNothing() {
        assertThat(this.texts.get(0).getOrLoad("k", counting(CompletableFuture.completedFuture(null)), WAITING).join())
            .isEqualTo(new Loaded<>(null, Source.LOADED, null));
        assertThat(this.texts.get(0).get("k").join()).isNull();
    }

    @Test
    void loadsManyWithOneCall() {
        this.texts.get(0).set("a", "A", Expiration.never()).join();
        List<List<String>> calls = new ArrayList<>();
        Map<String, String> values = this.texts.get(1).getAllOrLoad(List.of("a", "b", "c", "d"), (missing) -> {
            calls.add(missing);
            return CompletableFuture.completedFuture(Map.of("b", "B", "c", "C"));
        }, WAITING).join();
        assertThat(values).containsExactly(Map.entry("a", "A"), Map.entry("b", "B"), Map.entry("c", "C"));
        assertThat(calls).containsExactly(List.of("b", "c", "d"));
        assertThat(this.texts.get(1).getAll(List.of("a", "b", "c", "d")).join().hits()).isEqualTo(values);
    }

    @Test
    void blockingCallersLoadInTheirOwnThread() {
        Thread caller = Thread.currentThread();
        String value = this.clients.get(0).blocking().with(Transcoder.text()).getOrLoad("k", () -> {
            assertThat(Thread.currentThread()).isSameAs(caller);
            return "loaded";
        }, WAITING);
        assertThat(value).isEqualTo("loaded");
        assertThat(this.texts.get(0).get("k").join()).isEqualTo("loaded");
    }

    @Test
    void loadsWithoutAServer(MemcachedProcess server) {
        server.kill();
        await().until(() -> this.clients.get(0).backends().get(0).state() != State.UP);
        Loaded<String> loaded = this.texts.get(0)
            .getOrLoad("k", counting(CompletableFuture.completedFuture("loaded")), WAITING)
            .join();
        assertThat(loaded.value()).isEqualTo("loaded");
        assertThat(loaded.failure()).isNotNull();
        LoadPolicy strict = LoadPolicy.builder().throwOnFailure(true).build();
        assertThatThrownBy(this.texts.get(0).getOrLoad("k", counting(new CompletableFuture<>()), strict)::join)
            .isInstanceOf(CompletionException.class);
    }

}
