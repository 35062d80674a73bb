package io.memlink;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.cluster.Invalidation;
import io.memlink.cluster.RequestObserver;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.loading.LoadPolicy;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.ReflectionSupport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Waiting where it would be for ever.
 */
class BlockingInCallbackTests {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(String.class, "key", Object.class, new byte[1],
            long.class, 1L, Duration.class, Duration.ofSeconds(1), Expiration.class, Expiration.never(),
            Collection.class, List.of("key"), Map.class, Map.of("key", new byte[1]), MetaRequest.class,
            MetaGet.value(Key.of("key")));

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("127.0.0.1:" + this.server.port())
        .requestTimeout(Duration.ofSeconds(5))
        .ioThreads(1)
        .build();

    @AfterEach
    void close() {
        this.client.close();
        this.server.close();
    }

    private void inCallback(Runnable action) {
        inCallback(this.client, action);
    }

    /** Runs something in a callback, on the event loop. */
    private void inCallback(MemlinkClient client, Runnable action) {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        CompletableFuture<?> done = client.get("held").thenRun(() -> {
            assertThat(Thread.currentThread().getName()).startsWith("memlink-io-");
            action.run();
        });
        await().until(hold::reached);
        hold.release();
        done.join();
    }

    private static Stream<Method> blockingMethods() {
        return Stream.of(BlockingMemlinkClient.class.getMethods())
            .filter((method) -> BlockingValueOperations.class.isAssignableFrom(method.getDeclaringClass()))
            .filter((method) -> !Modifier.isStatic(method.getModifiers()))
            .filter((method) -> !Set.of("with").contains(method.getName()));
    }

    private static Object argument(Class<?> type) {
        if (type == LoadPolicy.class) {
            return LoadPolicy.timeToLive(Duration.ofSeconds(1));
        }
        if (type == Callable.class) {
            return (Callable<byte[]>) () -> new byte[1];
        }
        if (type == Function.class) {
            return (Function<Object, Object>) (keys) -> Map.of();
        }
        if (type == Supplier.class) {
            return (Supplier<CompletableFuture<?>>) () -> CompletableFuture.completedFuture(null);
        }
        return ARGUMENTS.get(type);
    }

    @Test
    void isRefusedByEachMethodBeforeAnythingIsSent() {
        List<String> refused = new ArrayList<>();
        inCallback(() -> {
            long requests = this.server.requests();
            blockingMethods().forEach((method) -> {
                Object[] arguments = Stream.of(method.getParameterTypes())
                    .map(BlockingInCallbackTests::argument)
                    .toArray();
                assertThatExceptionOfType(InvocationTargetException.class).as(method.toString())
                    .isThrownBy(() -> method.invoke(this.client.blocking(), arguments))
                    .withCauseInstanceOf(IllegalStateException.class);
                refused.add(method.getName());
            });
            assertThat(this.server.requests()).isEqualTo(requests);
        });
        assertThat(refused).contains("get", "setAll", "load", "getAllOrLoad", "deleteAll", "send");
    }

    @Test
    void isRefusedWithTheWayOut() {
        inCallback(() -> assertThatIllegalStateException().isThrownBy(() -> this.client.blocking().get("key"))
            .withMessageContaining("thenCompose")
            .withMessageContaining("callbackExecutor"));
        assertThat(this.client.blocking().get("key")).isNull();
    }

    @Test
    void soIsWaitingForAnyFutureOfAReply() {
        HoldFault hold = Fault.hold();
        inCallback(() -> {
            this.server.faults().next("mg", hold);
            CompletableFuture<byte[]> reply = this.client.get("key");
            CompletableFuture<String> then = reply.thenApply((value) -> "then");
            assertThatIllegalStateException().isThrownBy(reply::join).withMessageContaining("thenCompose");
            assertThatIllegalStateException().isThrownBy(reply::get);
            assertThatIllegalStateException().isThrownBy(() -> reply.get(1, TimeUnit.SECONDS));
            assertThatIllegalStateException().isThrownBy(then::join);
            hold.release();
        });
        assertThat(this.client.get("key").join()).isNull();
    }

    private static Stream<Method> methodsThatReturnFutures() {
        return Stream.of(MemlinkClient.class.getMethods())
            .filter((method) -> method.getReturnType() == CompletableFuture.class);
    }

    /** Calls every operation on an event loop, and waits there for what it returns. */
    private void joinEverything(MemlinkClient client) {
        Map<String, CompletableFuture<?>> results = new LinkedHashMap<>();
        inCallback(client, () -> methodsThatReturnFutures().forEach((method) -> {
            Object[] arguments = Stream.of(method.getParameterTypes()).map(BlockingInCallbackTests::argument).toArray();
            CompletableFuture<?> result = (CompletableFuture<?>) ReflectionSupport.invokeMethod(method, client,
                    arguments);
            assertThatIllegalStateException().as(method.toString())
                .isThrownBy(result::join)
                .withMessageContaining("thenCompose");
            assertThatIllegalStateException().as(method.toString()).isThrownBy(result.thenApply(List::of)::join);
            results.put(method.toString(), result);
        }));
        assertThat(results).hasSizeGreaterThan(20);
        await().untilAsserted(() -> assertThat(results).allSatisfy((method, result) -> assertThat(result).isDone()));
    }

    @Test
    void soIsWaitingForAnyFutureOfAnOperation() {
        joinEverything(this.client);
    }

    @Test
    void andWhereRequestsAreObserved() {
        RequestObserver observer = new RequestObserver() {

            @Override
            public <T> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
                    Supplier<CompletableFuture<T>> send) {
                return send.get().thenApply((result) -> result);
            }

        };
        try (MemlinkClient observed = MemlinkClient.builder()
            .backends("127.0.0.1:" + this.server.port())
            .requestTimeout(Duration.ofSeconds(5))
            .requestObserver(observer)
            .build()) {
            joinEverything(observed);
        }
    }

    @Test
    void andWhereADeleteIsOwed() {
        this.server.faults().next("md", Fault.serverError("backend failure"));
        assertThat(this.client.invalidate("key").join()).isEqualTo(Invalidation.JOURNALLED);
        inCallback(() -> assertThatIllegalStateException().isThrownBy(this.client.get("key")::join));
    }

    /** Makes a client whose callbacks are never run. */
    private MemlinkClient stuck(Duration requestTimeout) {
        return MemlinkClient.builder()
            .backends("127.0.0.1:" + this.server.port())
            .requestTimeout(requestTimeout)
            .callbackExecutor((task) -> {
            })
            .build();
    }

    @Test
    void noWaitIsWithoutABound() {
        try (MemlinkClient stuck = stuck(Duration.ofMillis(20))) {
            assertThatExceptionOfType(MemlinkTimeoutException.class)
                .isThrownBy(() -> stuck.blocking().getAll(List.of("key")))
                .withMessageContaining("Not completed within 1100 ms")
                .withMessageEndingWith(
                        "what completes it was not run, on its event loop or on the executor of callbacks");
        }
    }

    @Test
    void oneReplyIsToldByTheThreadThatWaitsForIt() {
        try (MemlinkClient stuck = stuck(Duration.ofSeconds(5))) {
            assertThat(stuck.blocking().get("key")).isNull();
        }
    }

}
