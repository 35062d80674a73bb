package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.link.LinkResources;
import io.memlink.loading.LoadPolicy;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * What is sent in a call ends, whatever the code of that call waits for before it lets
 * its thread wait for the reply.
 */
class CallsWithinCallsTests {

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + this.server.port()).build();

    @BeforeEach
    void haveCallersLead() {
        for (int i = 0; i < 100; i++) {
            this.client.blocking().get("key");
        }
    }

    @AfterEach
    void close() {
        this.client.close();
        this.server.close();
    }

    /** Runs something in a thread of its own, and waits for it as long as a test may. */
    private static <T> T inTime(Supplier<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                done.complete(work.get());
            }
            catch (Throwable ex) {
                done.completeExceptionally(ex);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return done.get(20, TimeUnit.SECONDS);
    }

    static Stream<Arguments> waysToWait() {
        return Stream.of(way("for it", (sent) -> sent.join()),
                way("for what depends on it", (sent) -> sent.thenApply((value) -> "then").join()),
                way("in another thread", (sent) -> CompletableFuture.supplyAsync(sent::join).join()),
                way("by asking again and again", (sent) -> {
                    while (!sent.isDone()) {
                        Thread.onSpinWait();
                    }
                }));
    }

    private static Arguments way(String name, Consumer<CompletableFuture<byte[]>> wait) {
        return Arguments.argumentSet(name, wait);
    }

    @ParameterizedTest
    @MethodSource("waysToWait")
    void whoSendsMayWait(Consumer<CompletableFuture<byte[]>> wait) throws Exception {
        String done = inTime(() -> this.client.blocking().call(() -> {
            CompletableFuture<byte[]> sent = this.client.get("key");
            wait.accept(sent);
            return sent.thenApply((value) -> "done");
        }));
        assertThat(done).isEqualTo("done");
    }

    static Stream<Arguments> operations() {
        return Stream.of(operation("get", (blocking) -> blocking.get("key")),
                operation("getAll", (blocking) -> blocking.getAll(List.of("a", "b", "c", "d", "e", "f"))),
                operation("setAll", (blocking) -> blocking.setAll(Map.of("a", new byte[1]), Expiration.never())),
                operation("deleteAll", (blocking) -> blocking.deleteAll(List.of("a", "b"))),
                operation("getOrLoad",
                        (blocking) -> blocking.getOrLoad("missing", () -> new byte[1],
                                LoadPolicy.timeToLive(Duration.ofMinutes(1)))),
                operation("getAllOrLoad", (blocking) -> blocking.getAllOrLoad(List.of("more", "missing"),
                        (missing) -> Map.of("more", new byte[1]), LoadPolicy.timeToLive(Duration.ofMinutes(1)))));
    }

    private static Arguments operation(String name, Consumer<BlockingMemlinkClient> operation) {
        return Arguments.argumentSet(name, operation);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void whoSendsMayCall(Consumer<BlockingMemlinkClient> operation) throws Exception {
        BlockingMemlinkClient blocking = this.client.blocking();
        String done = inTime(() -> blocking.call(() -> {
            CompletableFuture<byte[]> sent = this.client.get("key");
            operation.accept(blocking);
            return sent.thenApply((value) -> "done");
        }));
        assertThat(done).isEqualTo("done");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void soMayWhatDependsOnAReply(Consumer<BlockingMemlinkClient> operation) throws Exception {
        BlockingMemlinkClient blocking = this.client.blocking();
        String done = inTime(() -> blocking.call(() -> this.client.get("key").thenApply((value) -> {
            operation.accept(blocking);
            return "done";
        })));
        assertThat(done).isEqualTo("done");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void soMayWhoDecodes(Consumer<BlockingMemlinkClient> operation) throws Exception {
        this.client.blocking().set("key", new byte[1], Expiration.never());
        BlockingMemlinkClient blocking = this.client.blocking();
        Transcoder<String> transcoder = decoding(() -> operation.accept(blocking));
        String done = inTime(() -> blocking.with(transcoder).get("key"));
        assertThat(done).isEqualTo("value");
    }

    private static Transcoder<String> decoding(Runnable code) {
        return new Transcoder<>() {

            @Override
            public EncodedValue encode(String value) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String decode(EncodedValue value) {
                code.run();
                return "value";
            }

        };
    }

    @Test
    void manyValuesAreDecodedByTheThreadThatWaits() {
        this.client.blocking().setAll(Map.of("a", new byte[1], "b", new byte[1]), Expiration.never());
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        Transcoder<String> transcoder = decoding(() -> threads.add(Thread.currentThread()));
        BulkResult<String> read = this.client.blocking().with(transcoder).getAll(List.of("a", "missing", "b"));
        assertThat(read.hits()).isEqualTo(Map.of("a", "value", "b", "value"));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void soMayWhatDependsOnSeveralReplies() throws Exception {
        String done = inTime(() -> this.client.blocking()
            .call(() -> CompletableFuture.allOf(joinAnother("a"), joinAnother("b"), joinAnother("c"))
                .thenApply((all) -> "done")));
        assertThat(done).isEqualTo("done");
        assertThat(this.client.blocking().get("key")).isNull();
    }

    @Test
    void whatDependsOnManyRepliesHoldsUpNobodyElse() throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (MemlinkClient narrow = narrow().build()) {
            CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> narrow.blocking()
                .call(() -> CompletableFuture
                    .allOf(IntStream.range(0, 20).mapToObj((i) -> narrow.get("key" + i).thenAccept((value) -> {
                        waiting.countDown();
                        awaitUninterruptibly(over);
                    })).toArray(CompletableFuture<?>[]::new))
                    .thenApply((all) -> "done")));
            waiting.await();
            for (int i = 0; i < 20; i++) {
                String key = "key" + i;
                assertThat(inTime(() -> narrow.blocking().get(key))).isNull();
            }
            over.countDown();
            assertThat(slow.get(20, TimeUnit.SECONDS)).isEqualTo("done");
        }
        finally {
            over.countDown();
        }
    }

    static Stream<Arguments> waysToLeave() {
        return Stream.of(leaving("with another result", () -> CompletableFuture.completedFuture("other")),
                leaving("by an exception", () -> {
                    throw new IllegalStateException();
                }), leaving("by an interrupt", () -> {
                    Thread.currentThread().interrupt();
                    return new CompletableFuture<>();
                }));
    }

    private static Arguments leaving(String name, Supplier<CompletableFuture<String>> leave) {
        return Arguments.argumentSet(name, leave);
    }

    @ParameterizedTest
    @MethodSource("waysToLeave")
    void norDoesWhatDependsOnRepliesThatNobodyWaitsFor(Supplier<CompletableFuture<String>> leave) throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (MemlinkClient narrow = narrow().build()) {
            CompletableFuture<Void> sent = new CompletableFuture<>();
            inTime(() -> sentAndLeft(() -> narrow.blocking().call(() -> {
                narrow.get("key").thenRun(() -> {
                    waiting.countDown();
                    awaitUninterruptibly(over);
                    sent.complete(null);
                });
                return leave.get();
            })));
            waiting.await();
            assertThat(inTime(() -> narrow.blocking().get("other"))).isNull();
            over.countDown();
            sent.get(20, TimeUnit.SECONDS);
        }
        finally {
            over.countDown();
        }
    }

    @Test
    void norAnyLoad() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        LoadPolicy anew = LoadPolicy.builder()
            .timeToLive(Duration.ofMinutes(1))
            .recacheBefore(Duration.ofMinutes(1))
            .build();
        try (MemlinkClient narrow = narrow().build()) {
            narrow.blocking().set("due", new byte[1], Expiration.after(Duration.ofSeconds(30)));
            CountDownLatch waiting = new CountDownLatch(LinkResources.DEFAULT_BACKGROUND_THREADS);
            inTime(() -> sentAndLeft(() -> narrow.blocking().call(() -> {
                for (int i = 0; i < 2 * LinkResources.DEFAULT_BACKGROUND_THREADS; i++) {
                    narrow.get("key").thenRun(() -> {
                        waiting.countDown();
                        awaitUninterruptibly(over);
                    });
                }
                throw new IllegalStateException();
            })));
            waiting.await();
            CompletableFuture<Void> loaded = new CompletableFuture<>();
            narrow.getOrLoad("due", () -> {
                loaded.complete(null);
                return CompletableFuture.completedFuture(new byte[2]);
            }, anew).get(20, TimeUnit.SECONDS);
            loaded.get(20, TimeUnit.SECONDS);
        }
        finally {
            over.countDown();
        }
    }

    private static boolean sentAndLeft(Runnable call) {
        try {
            call.run();
        }
        catch (IllegalStateException | MemlinkTimeoutException ex) {
            // It has left in this way.
        }
        return Thread.interrupted();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private CompletableFuture<Boolean> joinAnother(String key) {
        return this.client.get(key).thenApply((value) -> this.client.get("another").join() == null);
    }

    /** Makes a client with one connection and one event loop. */
    private MemlinkClientBuilder narrow() {
        return MemlinkClient.builder().backends("127.0.0.1:" + this.server.port()).poolSize(1).ioThreads(1);
    }

    @Test
    void someOfSeveralMayBeRefused() throws Exception {
        // The connection itself may have a request under way as well.
        try (MemlinkClient narrow = narrow().maxInFlight(2).build()) {
            List<Throwable> failures = inTime(() -> narrow.blocking().call(() -> {
                List<CompletableFuture<Throwable>> ends = Stream.of("a", "b", "c")
                    .map((key) -> narrow.get(key).handle((value, failure) -> failure))
                    .toList();
                return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
                    .thenApply((all) -> ends.stream().map(CompletableFuture::join).filter(Objects::nonNull).toList());
            }));
            assertThat(failures).isNotEmpty().hasOnlyElementsOfType(MemlinkOverloadedException.class);
        }
    }

    @Test
    void whoSendsMayCloseTheClient() throws Exception {
        String done = inTime(() -> this.client.blocking().call(() -> {
            CompletableFuture<byte[]> sent = this.client.get("key");
            this.client.close();
            return CompletableFuture.completedFuture(sent.handle((value, failure) -> "done").join());
        }));
        assertThat(done).isEqualTo("done");
    }

    @Test
    void namesAnOperationThatReturnsNoFuture() {
        assertThatNullPointerException().isThrownBy(() -> this.client.blocking().call(() -> null))
            .withMessage("operation: null (expected: a future)");
    }

}
