package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Failover;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.RequestObserver;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkException;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.Done;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What others plug in and what fails in it, with whatever it throws: the call it hits
 * ends, and everything goes on.
 */
class FailingCollaboratorsTests {

    private static final Key KEY = Key.of("key");

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final AtomicReference<@Nullable Error> error = new AtomicReference<>();

    private void fail() {
        Error error = this.error.get();
        if (error != null) {
            throw error;
        }
    }

    private Router router(NodeLocator.Factory locator, List<ClusterListener> listeners,
            @Nullable RequestObserver observer) {
        Backend backend = Backend.parse("127.0.0.1:" + this.server.port());
        Router router = new Router(List.of(backend, Backend.parse("127.0.0.1:1")),
                new ClusterOptions(locator, Failover.none(), JournalOverflow.SERVE, listeners, observer, null),
                new ClientJournals(), new MemcachedProtocol(null), LinkOptions.builder().build(), this.resources);
        await().until(() -> router.membership().backends().get(0).state() == State.UP);
        return router;
    }

    @AfterEach
    void close() {
        this.resources.close();
        this.server.close();
    }

    private void assertOneCallIsHit(Router router) {
        this.error.set(new OutOfMemoryError("direct memory"));
        assertThat(router.send(MetaGet.value(KEY))).isCompletedExceptionally();
        assertThat(router.invalidate(KEY)).isCompletedExceptionally();
        this.error.set(null);
        assertThat(router.send(MetaGet.value(KEY))).succeedsWithin(Duration.ofSeconds(5));
        router.close(Duration.ZERO);
    }

    /** Gives everything to the first backend. */
    private final class FailingLocator implements NodeLocator {

        @Override
        public int locate(byte[] key) {
            fail();
            return 0;
        }

        @Override
        public List<Integer> candidates(byte[] key) {
            return List.of(0);
        }

        @Override
        public OptionalLong hash(byte[] key) {
            return OptionalLong.empty();
        }

    }

    @Test
    void anErrorOfALocatorEndsTheCall() {
        assertOneCallIsHit(router((backends) -> new FailingLocator(), List.of(), null));
    }

    /** Names a backend that there is, or not. */
    private record WanderingLocator(AtomicInteger index) implements NodeLocator {

        @Override
        public int locate(byte[] key) {
            return this.index.get();
        }

        @Override
        public List<Integer> candidates(byte[] key) {
            return List.of(0);
        }

        @Override
        public OptionalLong hash(byte[] key) {
            return OptionalLong.empty();
        }

    }

    @ParameterizedTest
    @ValueSource(ints = { -1, 2, Integer.MAX_VALUE })
    void anIndexOutOfRangeEndsTheCallAndNamesTheLocator(int index) {
        AtomicInteger named = new AtomicInteger();
        Router router = router((backends) -> new WanderingLocator(named), List.of(), null);
        named.set(index);
        for (CompletableFuture<?> ended : List.of(router.send(MetaGet.value(KEY)), router.invalidate(KEY))) {
            assertThat(ended).isCompletedExceptionally();
            assertThatExceptionOfType(CompletionException.class).isThrownBy(ended::join)
                .havingCause()
                .isInstanceOf(IllegalStateException.class)
                .withMessage(
                        "locator: " + WanderingLocator.class.getName() + " returned " + index + " (expected: 0 to 1)");
        }
        named.set(0);
        assertThat(router.send(MetaGet.value(KEY))).succeedsWithin(Duration.ofSeconds(5));
        router.close(Duration.ZERO);
    }

    /** An observer that sends or not, and then throws, or returns what it should not. */
    private final class UnrulyObserver implements RequestObserver {

        private final boolean sends;

        private final @Nullable CompletableFuture<?> returned;

        private @Nullable Error thrown;

        private int observed;

        UnrulyObserver(boolean sends, @Nullable CompletableFuture<?> returned) {
            this.sends = sends;
            this.returned = returned;
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
                Supplier<CompletableFuture<T>> send) {
            this.observed++;
            if (this.sends) {
                send.get().obtrudeException(new IllegalStateException("of the observer"));
                send.get().cancel(true);
                send.get().complete(null);
            }
            if (this.thrown != null) {
                throw this.thrown;
            }
            return (CompletableFuture<T>) this.returned;
        }

    }

    static Stream<Arguments> whatObserversReturn() {
        return Stream.of(true, false)
            .flatMap((sends) -> Stream
                .of(null, new CompletableFuture<>(), CompletableFuture.completedFuture(null),
                        CompletableFuture.completedFuture("another type"),
                        CompletableFuture.failedFuture(new IllegalStateException("of the observer")))
                .map((returned) -> Arguments.of(sends, returned)));
    }

    @ParameterizedTest
    @MethodSource("whatObserversReturn")
    void whatAnObserverReturnsOrThrowsChangesNothing(boolean sends, @Nullable CompletableFuture<?> returned) {
        UnrulyObserver observer = new UnrulyObserver(sends, returned);
        Router router = router((backends) -> new FailingLocator(), List.of(), observer);
        for (Error thrown : Arrays.asList(null, new StackOverflowError("of the observer"))) {
            observer.thrown = thrown;
            MetaSet set = MetaSet.builder(KEY, new byte[1]).build();
            assertThat(router.send(set)).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Done.class);
        }
        assertThat(router.send(MetaGet.value(KEY))).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Hit.class);
        assertThat(observer.observed).isEqualTo(3);
        router.close(Duration.ZERO);
    }

    @Test
    void anErrorOfAListenerChangesNothing() {
        ClusterListener failing = new ClusterListener() {

            @Override
            public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
                throw new StackOverflowError("endless");
            }

        };
        AtomicReference<State> heard = new AtomicReference<>();
        ClusterListener next = new ClusterListener() {

            @Override
            public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
                heard.set(after);
            }

        };
        Router router = router(NodeLocator.rendezvous(), List.of(failing, next), null);
        router.membership().drain("127.0.0.1:" + this.server.port());
        await().until(() -> heard.get() == State.DRAINED);
        router.close(Duration.ZERO);
    }

}
