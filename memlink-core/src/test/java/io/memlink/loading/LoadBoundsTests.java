package io.memlink.loading;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.loading.Loaded.Source;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * No caller waits for others for longer than the policy says, however their loaders end,
 * or do not.
 */
@EmbeddedMemcachedTest
class LoadBoundsTests {

    private static final LoadPolicy PATIENT = LoadPolicy.builder().maxWait(Duration.ofMinutes(10)).build();

    private static final LoadPolicy SHORT = LoadPolicy.builder().maxWait(Duration.ofMillis(100)).build();

    private final AtomicInteger loads = new AtomicInteger();

    private EmbeddedMemcached server;

    private MemlinkClient client;

    private ValueOperations<String> text;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        this.client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .build();
        this.text = this.client.with(Transcoder.text());
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    private CompletableFuture<Loaded<String>> call(CompletionStage<String> value, LoadPolicy policy) {
        return this.text.getOrLoad("key", () -> {
            this.loads.incrementAndGet();
            return value;
        }, policy);
    }

    /** A call whose loader has been called. */
    private CompletableFuture<Loaded<String>> loading(CompletionStage<String> value, LoadPolicy policy) {
        CompletableFuture<Loaded<String>> call = call(value, policy);
        await().until(() -> this.loads.get() > 0);
        return call;
    }

    private void awaitReads(long reads) {
        await().until(() -> this.server.requests("mg") >= reads);
    }

    private static <T> T within(Duration bound, CompletableFuture<T> future) throws Exception {
        return future.get(bound.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Stream<Arguments> brokenLoaders() {
        Map<String, String> picky = new TreeMap<>() {

            @Override
            public String get(Object key) {
                throw new StackOverflowError("of the map");
            }

        };
        return Stream.<Map.Entry<String, Function<List<String>, CompletionStage<Map<String, String>>>>>of(
                Map.entry("no stage", (keys) -> null),
                Map.entry("no map", (keys) -> CompletableFuture.completedFuture(null)),
                Map.entry("a map that throws", (keys) -> CompletableFuture.completedFuture(picky)),
                Map.entry("a failure", (keys) -> CompletableFuture.failedFuture(new IllegalStateException("no"))),
                Map.entry("cancelled", (keys) -> {
                    CompletableFuture<Map<String, String>> cancelled = new CompletableFuture<>();
                    cancelled.cancel(false);
                    return cancelled;
                }), Map.entry("an error", (keys) -> {
                    throw new StackOverflowError("of the loader");
                }))
            .map((loader) -> Arguments.of(loader.getKey(), loader.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenLoaders")
    void aLoaderOfManyEndsAllThatWaitForItHoweverItEnds(String name,
            Function<List<String>, CompletionStage<Map<String, String>>> loader) {
        CompletableFuture<Void> go = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> all = CompletableFuture
            .supplyAsync(() -> this.text.getAllOrLoad(List.of("key", "other"), (keys) -> {
                this.loads.incrementAndGet();
                go.join();
                return loader.apply(keys);
            }, PATIENT), (call) -> new Thread(call).start())
            .thenCompose(Function.identity());
        await().until(() -> this.loads.get() > 0);
        go.complete(null);
        assertThatThrownBy(() -> within(Duration.ofSeconds(20), all));
        assertThat(call(CompletableFuture.completedFuture("next"), PATIENT).join())
            .isEqualTo(new Loaded<>("next", Source.LOADED, null));
    }

    @Test
    void aKeyThatTheLoaderOfManyHasNoValueForIsLeftOut() {
        Map<String, String> values = new TreeMap<>(Map.of("a", "A"));
        values.put("b", null);
        assertThat(this.text
            .getAllOrLoad(List.of("a", "b", "c"), (keys) -> CompletableFuture.completedFuture(values), PATIENT)
            .join()).isEqualTo(Map.of("a", "A"));
    }

    @Test
    void whoWaitsForALoaderThatNeverEndsLoadsOrFailsInTime() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> holder = loading(never, SHORT);
        List<CompletableFuture<Loaded<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(call(never, SHORT));
        }
        await().until(() -> waiting.stream().filter(CompletableFuture::isDone).count() == 9);
        assertThat(holder).isNotDone();
        assertThat(this.loads).as("the holder, and one of those that have waited").hasValue(2);
        List<Throwable> failures = waiting.stream()
            .filter(CompletableFuture::isDone)
            .map((call) -> call.handle((loaded, failure) -> failure).join())
            .toList();
        assertThat(failures).doesNotHaveDuplicates()
            .allSatisfy((failure) -> assertThat(failure).isInstanceOf(MemlinkTimeoutException.class)
                .hasMessageNotContaining("\"key\""));
        assertThat(within(Duration.ofSeconds(20), call(CompletableFuture.completedFuture("own"), SHORT)).value())
            .isEqualTo("own");
    }

    @Test
    void twoLoadersThatNeedEachOthersKeysEnd() throws Exception {
        CompletableFuture<Void> bothLoad = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> a = nested("a", "b", bothLoad);
        CompletableFuture<Loaded<String>> b = nested("b", "a", bothLoad);
        await().until(() -> this.loads.get() == 2);
        bothLoad.complete(null);
        assertThat(within(Duration.ofSeconds(20), a).value()).startsWith("a of b");
        assertThat(within(Duration.ofSeconds(20), b).value()).startsWith("b of a");
    }

    private CompletableFuture<Loaded<String>> nested(String key, String needed, CompletableFuture<Void> go) {
        return this.text.getOrLoad(key, () -> {
            this.loads.incrementAndGet();
            return go.thenCompose(
                    (nothing) -> this.text.getOrLoad(needed, () -> CompletableFuture.completedFuture(needed), SHORT))
                .thenApply((loaded) -> key + " of " + loaded.value());
        }, SHORT);
    }

    @Test
    void twoThreadsWhoseLoadersNeedEachOthersKeysEnd() throws Exception {
        CompletableFuture<Void> bothLoad = new CompletableFuture<>();
        CompletableFuture<String> a = CompletableFuture.supplyAsync(() -> nestedBlocking("a", "b", bothLoad),
                LoadBoundsTests::thread);
        CompletableFuture<String> b = CompletableFuture.supplyAsync(() -> nestedBlocking("b", "a", bothLoad),
                LoadBoundsTests::thread);
        await().until(() -> this.loads.get() == 2);
        bothLoad.complete(null);
        assertThat(within(Duration.ofSeconds(20), a)).startsWith("a of b");
        assertThat(within(Duration.ofSeconds(20), b)).startsWith("b of a");
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        thread.start();
    }

    private String nestedBlocking(String key, String needed, CompletableFuture<Void> go) {
        return this.client.blocking().with(Transcoder.text()).getOrLoad(key, () -> {
            this.loads.incrementAndGet();
            go.join();
            return key + " of " + this.client.blocking().with(Transcoder.text()).getOrLoad(needed, () -> needed, SHORT);
        }, SHORT);
    }

    @Test
    void eachWaiterHasAFailureOfItsOwn() {
        CompletableFuture<String> value = new CompletableFuture<>();
        CompletableFuture<Loaded<String>> holder = loading(value, PATIENT);
        long reads = this.server.requests("mg");
        List<CompletableFuture<Loaded<String>>> waiting = List.of(call(value, PATIENT), call(value, PATIENT));
        awaitReads(reads + 2);
        IllegalStateException cause = new IllegalStateException("no database");
        value.completeExceptionally(cause);
        assertThat(catchThrowable(holder::join)).hasCause(cause);
        List<Throwable> failures = waiting.stream().map((call) -> catchThrowable(call::join)).toList();
        assertThat(failures).doesNotHaveDuplicates()
            .allSatisfy((failure) -> assertThat(failure).isInstanceOf(CompletionException.class)
                .hasMessageContaining("by another caller")
                .hasMessageNotContaining("\"key\"")
                .hasCause(cause));
    }

    @Test
    void aClientThatIsClosedEndsAllThatWait() {
        CompletableFuture<String> never = new CompletableFuture<>();
        loading(never, PATIENT);
        long reads = this.server.requests("mg");
        List<CompletableFuture<Loaded<String>>> waiting = List.of(call(never, PATIENT), call(never, PATIENT));
        awaitReads(reads + 2);
        this.client.close();
        await().until(() -> waiting.stream().anyMatch(CompletableFuture::isDone));
        assertThat(waiting.stream().filter(CompletableFuture::isDone).toList()).singleElement()
            .satisfies((call) -> assertThatThrownBy(call::join).hasCauseInstanceOf(MemlinkClosedException.class));
    }

}
