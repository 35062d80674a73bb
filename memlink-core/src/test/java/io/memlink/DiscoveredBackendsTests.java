package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.discovery.Discovery;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import io.memlink.test.EmbeddedMemcachedTest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@EmbeddedMemcachedTest
class DiscoveredBackendsTests {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final Backend ONE = Backend.parse("127.0.0.1:1");

    private static final Backend TWO = Backend.parse("127.0.0.1:2");

    private final AtomicReference<CompletableFuture<List<Backend>>> answer = new AtomicReference<>(
            CompletableFuture.completedFuture(List.of(ONE)));

    private final Discovery.Factory discovery = (protocol, options, resources) -> this.answer::get;

    @Test
    void backendsAreThoseThatWereFoundLast() {
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.backends()).extracting("address").containsExactly(ONE);
            this.answer.set(CompletableFuture.completedFuture(List.of(ONE, TWO)));

            Awaitility.await()
                .untilAsserted(() -> assertThat(client.backends()).extracting("address").containsExactly(ONE, TWO));
        }
    }

    @Test
    void givenBackendsAreUsedUntilSomeAreFound() {
        this.answer.set(CompletableFuture.failedFuture(new IllegalStateException("no name server")));
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:2")
            .discovery(this.discovery, INTERVAL)
            .build()) {
            assertThat(client.backends()).extracting("address").containsExactly(TWO);
            this.answer.set(CompletableFuture.completedFuture(List.of(ONE, TWO)));

            Awaitility.await()
                .untilAsserted(() -> assertThat(client.backends()).extracting("address").containsExactly(ONE, TWO));
        }
    }

    @Test
    void theFirstListThatIsFoundReplacesTheGivenBackendsWhateverTheyAre(EmbeddedMemcached server) {
        // Told once: what is refused counts when it is told again.
        AtomicBoolean told = new AtomicBoolean(true);
        Discovery once = () -> told.getAndSet(true)
                ? CompletableFuture.failedFuture(new IllegalStateException("no name server"))
                : CompletableFuture.completedFuture(List.of(server(server)));
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("localhost:" + server.port())
            .discovery((protocol, options, resources) -> once, INTERVAL)
            .build()) {
            Awaitility.await().until(() -> client.backends().get(0).state() == State.UP);
            told.set(false);

            Awaitility.await()
                .untilAsserted(
                        () -> assertThat(client.backends()).extracting("address").containsExactly(server(server)));
        }
    }

    @Test
    void theOnlyBackendIsFoundAgainAtAnotherAddress(EmbeddedMemcached server) {
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.backends()).extracting("address").containsExactly(ONE);
            Awaitility.await().until(() -> client.backends().get(0).state() == State.DOWN);
            this.answer.set(CompletableFuture.completedFuture(List.of(server(server))));

            Awaitility.await().until(() -> client.backends().get(0).state() == State.UP);
        }
    }

    @Test
    void anErrorOfADiscoveryChangesNothing(EmbeddedMemcached server) {
        AtomicReference<Error> error = new AtomicReference<>(new StackOverflowError("endless"));
        Discovery.Factory broken = (protocol, options, resources) -> () -> {
            if (error.get() != null) {
                throw error.get();
            }
            return this.answer.get();
        };
        try (MemlinkClient client = MemlinkClient.builder().discovery(broken, INTERVAL).build()) {
            assertThat(client.backends().get(0).lastFailure()).hasMessageContaining("endless");
            this.answer.set(CompletableFuture.completedFuture(List.of(server(server))));
            error.set(null);

            Awaitility.await().until(() -> client.backends().get(0).state() == State.UP);
        }
    }

    @Test
    void aClientStartsWithoutBackendsAndFindsThemLater(EmbeddedMemcached server) {
        this.answer.set(CompletableFuture.failedFuture(new IllegalStateException("no name server")));
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.backends()).extracting("address").containsExactly(Backend.UNDISCOVERED);
            assertThat(client.backends()).extracting("state").containsExactly(State.DOWN);
            assertThat(client.get("key")).failsWithin(Duration.ofSeconds(1))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(MemlinkConnectionException.class)
                .withMessageContaining("backends were not discovered yet")
                .withMessageContaining("no name server");
            assertThat(client.getAll(List.of("a", "b")).join().failures()).containsOnlyKeys("a", "b");
            assertThat(client.explain("key").why()).isEqualTo(KeyRoute.Why.OWNER_UNAVAILABLE);
            assertThat(client.membership().statistics("undiscovered")).isCompletedExceptionally();
            this.answer.set(CompletableFuture.completedFuture(List.of(server(server))));
            Awaitility.await().until(() -> client.backends().get(0).state() == State.UP);
            assertThat(client.membership().generation()).isEqualTo(1);
            assertThat(client.get("key").join()).isNull();
        }
    }

    @Test
    void whatWasDeletedBeforeTheBackendsWereFoundIsDeleted(EmbeddedMemcached server) {
        try (MemlinkClient other = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build()) {
            other.blocking().set("evicted", new byte[1], Expiration.never());
            other.blocking().set("kept", new byte[1], Expiration.never());
        }
        this.answer.set(CompletableFuture.completedFuture(List.of()));
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.invalidate("evicted").join()).isEqualTo(Invalidation.JOURNALLED);
            assertThat(client.backends().get(0).journalDepth()).isEqualTo(1);
            this.answer.set(CompletableFuture.completedFuture(List.of(server(server))));
            Awaitility.await().until(() -> client.membership().generation() == 1);
            assertThat(client.get("evicted").join()).isNull();
            assertThat(client.get("kept").join()).isNotNull();
        }
    }

    @Test
    void aDiscoveryThatDoesNotAnswerHoldsNobodyUp() {
        this.answer.set(new CompletableFuture<>());
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.backends().get(0).lastFailure()).hasMessageContaining("TimeoutException");
        }
    }

    @Test
    void aDiscoveryThatBlocksHoldsNobodyUpAndIsNamed(EmbeddedMemcached server) {
        CountDownLatch unblocked = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        class Blocking implements Discovery {

            @Override
            public CompletableFuture<List<Backend>> lookup() {
                calls.incrementAndGet();
                try {
                    unblocked.await();
                }
                catch (InterruptedException ex) {
                    Thread.currentThread().interrupt();
                }
                return CompletableFuture.completedFuture(List.of(server(server)));
            }

        }
        String named = "discovery: " + Blocking.class.getName() + ".lookup() has not returned within 1 s";
        try (MemlinkClient client = MemlinkClient.builder()
            .discovery((protocol, options, resources) -> new Blocking(), INTERVAL)
            .build()) {
            assertThat(client.backends().get(0).lastFailure()).hasMessageContaining(named);
            assertThat(client.get("key")).failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOf(MemlinkConnectionException.class)
                .withMessageContaining(named)
                .havingCause()
                .isInstanceOf(MemlinkTimeoutException.class);
            assertThat(calls).hasValue(1);
            unblocked.countDown();
            Awaitility.await().until(() -> client.backends().get(0).state() == State.UP);
        }
    }

    @Test
    void aDiscoveryThatBlocksForEverKeepsNoClientFromClosing() {
        CompletableFuture<List<Backend>> never = new CompletableFuture<>();
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:1")
            .discovery((protocol, options, resources) -> () -> CompletableFuture.completedFuture(never.join()),
                    INTERVAL)
            .build()) {
            assertThat(client.backends()).extracting("address").containsExactly(ONE);
        }
        finally {
            never.complete(List.of());
        }
    }

    @Test
    void aDiscoveryThatThrowsDoesNotKeepTheClientFromStarting() {
        Discovery.Factory broken = (protocol, options, resources) -> () -> {
            throw new IllegalStateException("broken");
        };
        try (MemlinkClient client = MemlinkClient.builder().discovery(broken, INTERVAL).build()) {
            assertThat(client.backends().get(0).lastFailure()).hasMessageContaining("broken");
        }
    }

    @Test
    void anIntervalIsASecondToAnHour() {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().discovery(this.discovery, Duration.ZERO))
            .withMessage("discoveryInterval: PT0S (expected: 1 second to 1 hour)");
    }

    private static Backend server(EmbeddedMemcached server) {
        return Backend.parse("127.0.0.1:" + server.port());
    }

}
