package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Failover;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.Membership;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.MemlinkClosedException;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What was obtained from a client goes on after a stop and a start.
 */
class RestartTests {

    private final EmbeddedMemcached first = EmbeddedMemcached.start();

    private final EmbeddedMemcached second = EmbeddedMemcached.start();

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("127.0.0.1:" + this.first.port())
        .closeTimeout(Duration.ZERO)
        .build();

    @AfterEach
    void close() {
        this.client.close();
        this.first.close();
        this.second.close();
    }

    @Test
    void aMembershipFollowsItsClient() {
        Membership membership = this.client.membership();
        Backend other = Backend.parse("127.0.0.1:" + this.second.port());
        this.client.stop();
        assertThat(membership.apply(List.of(other), true)).isFalse();
        this.client.start();
        await().until(() -> membership.backends().get(0).state() == State.UP);
        assertThat(membership.apply(List.of(other), true)).isTrue();
        assertThat(this.client.backends()).extracting(BackendStatus::address).containsExactly(other);
        membership.drain(other.id());
        await().until(() -> this.client.backends().get(0).state() == State.DRAINED);
    }

    private void isDeletedBeforeItIsReadAfter(Consumer<BlockingValueOperations<String>> change) {
        BlockingValueOperations<String> text = this.client.blocking().with(Transcoder.text());
        text.set("key", "before", Expiration.never());
        change.accept(text);
        this.client.start();
        assertThat(text.get("key")).isNull();
        assertThat(this.first.items()).isEmpty();
    }

    @Test
    void whatWasDeletedWhileItWasStoppedIsDeletedBeforeItIsRead() {
        isDeletedBeforeItIsReadAfter((text) -> {
            this.client.stop();
            assertThatExceptionOfType(MemlinkClosedException.class)
                .isThrownBy(() -> this.client.blocking().delete("key"));
        });
    }

    @Test
    void soIsWhatIsOwedSinceBefore() {
        isDeletedBeforeItIsReadAfter((text) -> {
            this.first.faults().next("md", Fault.ignoreRequest());
            CompletableFuture<Boolean> pending = this.client.delete("key");
            this.client.stop();
            assertThat(pending).isCompletedExceptionally();
        });
    }

    /**
     * Both servers have a value, which a client deletes while only the first is known.
     */
    private void isDeletedWhereItIsReadAfter(Supplier<MemlinkClientBuilder> settings, Runnable discovered,
            Consumer<MemlinkClient> change) {
        try (MemlinkClient other = MemlinkClient.builder().backends("127.0.0.1:" + this.second.port()).build();
                MemlinkClient client = MemlinkClient.onDemand(settings)) {
            other.blocking().set("key", new byte[1], Expiration.never());
            client.start();
            change.accept(client);
            discovered.run();
            client.start();
            await().until(() -> client.backends().get(0).state() == State.UP);
            assertThat(client.blocking().get("key")).isNull();
        }
    }

    @Test
    void whoeverHasAKeyOfAnotherListOwesItsDelete() {
        AtomicInteger port = new AtomicInteger(this.first.port());
        isDeletedWhereItIsReadAfter(
                () -> MemlinkClient.builder().closeTimeout(Duration.ZERO).backends("127.0.0.1:" + port),
                () -> port.set(this.second.port()), (client) -> {
                    client.stop();
                    assertThat(client.invalidate("key")).isCompletedExceptionally();
                });
    }

    @Test
    void soDoesWhoeverAClientStartsWithThatWasStoppedBefore() {
        try (MemlinkClient other = MemlinkClient.builder().backends("127.0.0.1:" + this.first.port()).build();
                MemlinkClient client = MemlinkClient
                    .onDemand(() -> MemlinkClient.builder().backends("127.0.0.1:" + this.first.port()))) {
            other.blocking().set("key", new byte[1], Expiration.never());
            client.stop();
            assertThat(client.invalidate("key")).isCompletedExceptionally();
            client.start();
            assertThat(client.blocking().get("key")).isNull();
        }
    }

    @Test
    void soDoesWhoeverIsDiscoveredOnlyThen() {
        CompletableFuture<List<Backend>> found = CompletableFuture
            .completedFuture(List.of(Backend.parse("127.0.0.1:" + this.second.port())));
        AtomicReference<CompletableFuture<List<Backend>>> answer = new AtomicReference<>(
                CompletableFuture.failedFuture(new IllegalStateException("nobody is there")));
        isDeletedWhereItIsReadAfter(
                () -> MemlinkClient.builder()
                    .closeTimeout(Duration.ZERO)
                    .discovery((protocol, options, resources) -> answer::get, Duration.ofHours(1)),
                () -> answer.set(found), (client) -> {
                    assertThat(client.invalidate("key").join()).isEqualTo(Invalidation.JOURNALLED);
                    client.stop();
                });
    }

    @Test
    void soDoesWhoeverHasItByTheTimeARequestOfAnEarlierRunHasFailed() {
        AtomicInteger port = new AtomicInteger(this.first.port());
        isDeletedWhereItIsReadAfter(() -> MemlinkClient.builder()
            .requestTimeout(Duration.ofMinutes(1))
            .closeTimeout(Duration.ofMinutes(1))
            .backends("127.0.0.1:" + port), () -> port.set(this.second.port()), (client) -> {
                this.first.faults().next("md", Fault.ignoreRequest());
                CompletableFuture<Invalidation> invalidated = client.invalidate("key");
                CompletableFuture<Void> stopped = CompletableFuture.runAsync(client::stop);
                await().until(() -> !client.isRunning());
                port.set(this.second.port());
                client.start();
                assertThat(invalidated).isNotDone();
                this.first.close();
                stopped.join();
                assertThat(invalidated).isDone();
            });
    }

    @Test
    void soDoesWhoeverAClientStartsWithAtThatMoment() {
        AtomicInteger port = new AtomicInteger(this.first.port());
        AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {
        });
        isDeletedWhereItIsReadAfter(() -> MemlinkClient.builder()
            .closeTimeout(Duration.ZERO)
            .failover(Failover.gutter(List.of("127.0.0.1:1"), Duration.ofSeconds(1)))
            // Those of the gutter are located when the others have been told.
            .locator((backends) -> {
                if (backends.get(0).id().equals("127.0.0.1:1")) {
                    meanwhile.get().run();
                }
                return NodeLocator.rendezvous().create(backends);
            })
            .backends("127.0.0.1:" + port), () -> port.set(this.second.port()), (client) -> {
                client.stop();
                meanwhile.set(() -> assertThat(client.invalidate("key")).isCompletedExceptionally());
            });
    }

}
