package io.memlink.loading;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.loading.LoadPolicy.WhenLost;
import io.memlink.loading.Loaded.Source;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaSet;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What each policy makes of a missing value, with two clients of one server.
 */
@EmbeddedMemcachedTest
class LeasedLoadTests {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final CompletableFuture<String> FOR_EVER = new CompletableFuture<>();

    private final AtomicInteger loads = new AtomicInteger();

    private EmbeddedMemcached server;

    private MemlinkClient holder;

    private MemlinkClient client;

    private ValueOperations<String> text;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.holder = client(server);
        this.client = client(server);
        this.text = this.client.with(Transcoder.text());
    }

    private static MemlinkClient client(EmbeddedMemcached server) {
        return MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .build();
    }

    @AfterEach
    void close() {
        this.holder.close();
        this.client.close();
    }

    private Supplier<CompletionStage<String>> loader(CompletableFuture<String> value) {
        return () -> {
            this.loads.incrementAndGet();
            return value;
        };
    }

    private static CompletableFuture<String> value(String value) {
        return CompletableFuture.completedFuture(value);
    }

    /** The other client loads, and does not come to an end. */
    private void holdLease() {
        this.holder.with(Transcoder.text()).getOrLoad("key", loader(FOR_EVER), LoadPolicy.timeToLive(MINUTE));
        await().until(() -> this.loads.get() == 1);
    }

    @Test
    void loadsAtOnceWithoutTheLeaseWhereThatIsWanted() {
        holdLease();
        LoadPolicy policy = LoadPolicy.builder().whenLost(WhenLost.LOAD).build();
        assertThat(this.text.getOrLoad("key", loader(value("own")), policy).join())
            .isEqualTo(new Loaded<>("own", Source.LOADED, null));
        assertThat(this.text.get("key").join()).isNull();
    }

    @Test
    void loadsWithoutStoringWhenItHasWaitedLongEnough() {
        holdLease();
        LoadPolicy policy = LoadPolicy.builder().maxWait(Duration.ofMillis(50)).build();
        long reads = this.server.requests("mg");
        assertThat(this.text.getOrLoad("key", loader(value("own")), policy).join())
            .isEqualTo(new Loaded<>("own", Source.LOADED, null));
        assertThat(this.server.requests("mg") - reads).isBetween(3L, 5L);
        assertThat(this.text.get("key").join()).isNull();
    }

    @Test
    void findsWhatAnotherClientHasLoadedMeanwhile() {
        CompletableFuture<String> value = new CompletableFuture<>();
        this.holder.with(Transcoder.text()).getOrLoad("key", loader(value), LoadPolicy.timeToLive(MINUTE));
        await().until(() -> this.loads.get() == 1);
        CompletableFuture<Loaded<String>> waiting = this.text.getOrLoad("key", loader(FOR_EVER),
                LoadPolicy.builder().maxWait(MINUTE).build());
        value.complete("loaded");
        assertThat(waiting.join().value()).isEqualTo("loaded");
        assertThat(this.loads).hasValue(1);
    }

    @Test
    void usesAStaleValueOrWaitsForTheNextOne() {
        this.text.set("key", "old", Expiration.after(MINUTE)).join();
        this.client.markStale("key", MINUTE).join();
        holdLease();
        assertThat(this.text.getOrLoad("key", loader(FOR_EVER), LoadPolicy.timeToLive(MINUTE)).join())
            .isEqualTo(new Loaded<>("old", Source.STALE, null));
        LoadPolicy waiting = LoadPolicy.builder().whenLost(WhenLost.WAIT).maxWait(MINUTE).build();
        CompletableFuture<Loaded<String>> next = this.text.getOrLoad("key", loader(FOR_EVER), waiting);
        this.text.set("key", "new", Expiration.after(MINUTE)).join();
        assertThat(next.join()).isEqualTo(new Loaded<>("new", Source.AWAITED, null));
    }

    @Test
    void loadsAnewBeforeAValueExpires() {
        this.text.set("key", "old", Expiration.after(Duration.ofSeconds(20))).join();
        LoadPolicy policy = LoadPolicy.builder().timeToLive(MINUTE).recacheBefore(Duration.ofSeconds(30)).build();
        assertThat(this.text.getOrLoad("key", loader(value("new")), policy).join())
            .isEqualTo(new Loaded<>("old", Source.HIT, null));
        await().until(() -> "new".equals(this.text.get("key").join()));
        assertThat(this.text.getOrLoad("key", loader(FOR_EVER), policy).join())
            .isEqualTo(new Loaded<>("new", Source.HIT, null));
        assertThat(this.loads).hasValue(1);
    }

    @Test
    void neverStoresWhatWasLoadedBeforeTheValueWasMarkedStale() {
        CompletableFuture<String> value = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> loading = this.text.getOrLoad("key", loader(value),
                LoadPolicy.timeToLive(MINUTE));
        await().until(() -> this.loads.get() == 1);
        this.holder.markStale("key", MINUTE).join();
        value.complete("old");
        assertThat(loading.join().value()).isEqualTo("old");
        assertThat(this.text.getOrLoad("key", loader(value("new")), LoadPolicy.timeToLive(MINUTE)).join().value())
            .isEqualTo("new");
    }

    @Test
    void endsWithWhateverTheLoaderThrows() {
        Error error = new StackOverflowError("of the loader");
        CompletableFuture<Loaded<String>> failing = this.text.getOrLoad("key", () -> {
            throw error;
        }, LoadPolicy.timeToLive(MINUTE));
        assertThatThrownBy(failing::join).isInstanceOf(CompletionException.class).hasCause(error);
        assertThat(this.text.getOrLoad("key", loader(value("next")), LoadPolicy.timeToLive(MINUTE)).join().value())
            .isEqualTo("next");
    }

    @Test
    void endsWithWhateverTheTranscoderThrows() {
        Error error = new StackOverflowError("of the transcoder");
        ValueOperations<String> broken = this.client.with(new Transcoder<>() {

            @Override
            public EncodedValue encode(String value) {
                throw error;
            }

            @Override
            public String decode(EncodedValue value) {
                throw error;
            }

        });
        assertThat(broken.getOrLoad("key", loader(value("loaded")), LoadPolicy.timeToLive(MINUTE)).join())
            .isEqualTo(new Loaded<>("loaded", Source.LOADED, error));
        this.text.set("key", "value", Expiration.after(MINUTE)).join();
        assertThatThrownBy(broken.get("key")::join).hasCause(error);
        assertThatThrownBy(broken.getOrLoad("key", loader(FOR_EVER), LoadPolicy.timeToLive(MINUTE))::join)
            .hasCause(error);
    }

    @Test
    void loadsManyThatOthersAreNotLoading() {
        holdLease();
        LoadPolicy policy = LoadPolicy.builder().timeToLive(MINUTE).maxWait(MINUTE).build();
        CompletableFuture<Map<String, String>> all = this.text.getAllOrLoad(List.of("key", "a", "b"), (missing) -> {
            assertThat(missing).containsExactly("a", "b");
            return CompletableFuture.completedFuture(Map.of("a", "A", "b", "B"));
        }, policy);
        this.holder.with(Transcoder.text()).set("key", "loaded", Expiration.after(MINUTE)).join();
        assertThat(all.join()).isEqualTo(Map.of("key", "loaded", "a", "A", "b", "B"));
    }

    @Test
    void aFailureToLoadManyGivesAllLeasesBack() {
        IllegalStateException failure = new IllegalStateException("no database");
        LoadPolicy policy = LoadPolicy.timeToLive(MINUTE);
        assertThatThrownBy(this.text.getAllOrLoad(List.of("a", "b"),
                (missing) -> CompletableFuture.failedFuture(failure), policy)::join)
            .hasCause(failure);
        assertThat(this.text
            .getAllOrLoad(List.of("a", "b"), (missing) -> CompletableFuture.completedFuture(Map.of("a", "A", "b", "B")),
                    policy)
            .join()).isEqualTo(Map.of("a", "A", "b", "B"));
        assertThat(this.text.getAll(List.of("a", "b")).join().hits()).hasSize(2);
    }

    @Test
    void loadsWhereTheServerDoesNotAnswer() {
        this.server.faults().next("mg", Fault.dropReply());
        try (MemlinkClient impatient = MemlinkClient.builder()
            .backends("127.0.0.1:" + this.server.port())
            .requestTimeout(Duration.ofMillis(100))
            .build()) {
            Loaded<String> loaded = impatient.with(Transcoder.text())
                .getOrLoad("key", loader(value("loaded")), LoadPolicy.timeToLive(MINUTE))
                .join();
            assertThat(loaded.value()).isEqualTo("loaded");
            assertThat(loaded.failure()).isNotNull();
        }
    }

    @Test
    void whatIsNotStoredLeavesTheLeaseToTheNextCaller() {
        LoadPolicy unhurried = LoadPolicy.builder().timeToLive(MINUTE).leaseTime(MINUTE).maxWait(MINUTE).build();
        ValueOperations<String> broken = this.client.with(new Transcoder<>() {

            @Override
            public EncodedValue encode(String value) {
                throw new IllegalArgumentException("cannot be encoded");
            }

            @Override
            public String decode(EncodedValue value) {
                throw new IllegalArgumentException("cannot be decoded");
            }

        });
        assertThat(this.text.getOrLoad("none", loader(value(null)), unhurried).join().value()).isNull();
        assertThat(broken.getOrLoad("broken", loader(value("loaded")), unhurried).join().failure()).isNotNull();
        for (String key : List.of("none", "broken")) {
            assertThat(this.holder.with(Transcoder.text()).getOrLoad(key, loader(value("next")), unhurried))
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(new Loaded<>("next", Source.LOADED, null));
        }
    }

    @Test
    void whoCannotDecodeWhatAnotherCallerHasLoadedLoadsForItself() {
        LoadPolicy unhurried = LoadPolicy.builder().timeToLive(MINUTE).leaseTime(MINUTE).maxWait(MINUTE).build();
        ValueOperations<String> broken = this.client.with(new Transcoder<>() {

            @Override
            public EncodedValue encode(String value) {
                return Transcoder.text().encode(value);
            }

            @Override
            public String decode(EncodedValue value) {
                throw new IllegalArgumentException("cannot be decoded");
            }

        });
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> first = this.text.getOrLoad("key", loader(loading), unhurried);
        await().until(() -> this.loads.get() == 1);
        long reads = this.server.requests("mg");
        CompletableFuture<Loaded<String>> second = broken.getOrLoad("key", loader(value("own")), unhurried);
        await().until(() -> this.server.requests("mg") > reads);
        this.client.get("other").join();
        loading.complete("of another caller");
        assertThat(first.join().value()).isEqualTo("of another caller");
        assertThat(second).succeedsWithin(Duration.ofSeconds(10)).extracting(Loaded::value).isEqualTo("own");
    }

    @Test
    void nobodyJoinsALoadFromBeforeAnEvictionWhileTheServerCannotBeAsked() {
        nobodyJoinsALoadFromBefore((alone) -> alone.invalidate("key").join());
    }

    @Test
    void norOneFromBeforeARequestThatMakesItOutOfDate() {
        MetaSet set = MetaSet.builder(Key.of("key"), new byte[1]).deleteOnFailure().build();
        nobodyJoinsALoadFromBefore((alone) -> assertThat(alone.send(set)).isCompletedExceptionally());
    }

    private void nobodyJoinsALoadFromBefore(Consumer<MemlinkClient> change) {
        LoadPolicy policy = LoadPolicy.timeToLive(MINUTE);
        try (MemlinkClient alone = MemlinkClient.builder().backends("127.0.0.1:1").build()) {
            ValueOperations<String> values = alone.with(Transcoder.text());
            await().until(() -> alone.backends().get(0).state() == State.DOWN);
            CompletableFuture<String> before = new CompletableFuture<>();
            CompletableFuture<Loaded<String>> first = values.getOrLoad("key", loader(before), policy);
            CompletableFuture<Loaded<String>> joined = values.getOrLoad("key", loader(value("unasked")), policy);
            change.accept(alone);
            assertThat(values.getOrLoad("key", loader(value("after")), policy).join().value()).isEqualTo("after");
            before.complete("before");
            assertThat(first.join().value()).isEqualTo("before");
            assertThat(joined.join().value()).isEqualTo("before");
            assertThat(this.loads).hasValue(2);
        }
    }

    @Test
    void policiesNameWhatIsWrong() {
        assertThatIllegalArgumentException().isThrownBy(() -> LoadPolicy.timeToLive(Duration.ZERO))
            .withMessage("timeToLive: PT0S (expected: more than zero)");
        assertThatIllegalArgumentException().isThrownBy(() -> LoadPolicy.builder().leaseTime(Duration.ofHours(2)))
            .withMessageStartingWith("leaseTime: PT2H");
        assertThatIllegalArgumentException().isThrownBy(() -> LoadPolicy.builder().maxWait(Duration.ofMillis(-1)))
            .withMessageStartingWith("maxWait: PT-0.001S");
    }

}
