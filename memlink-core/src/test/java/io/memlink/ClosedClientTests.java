package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Failover;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.meta.Expiration;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What a client says that is closed, or is being closed.
 */
@EmbeddedMemcachedTest
class ClosedClientTests {

    @Test
    void itsBackendsAreNotUp(EmbeddedMemcached server) {
        MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .failover(Failover.gutter("localhost:" + server.port()))
            .build();
        await().until(() -> client.backends().get(0).state() == State.UP);
        await().until(() -> client.gutter().get(0).state() == State.UP);
        client.close();
        for (List<BackendStatus> backends : List.of(client.backends(), client.membership().backends(),
                client.gutter())) {
            BackendStatus backend = backends.get(0);
            assertThat(backend.state()).isEqualTo(State.DOWN);
            assertThat(backend.lastFailure()).isInstanceOf(MemlinkClosedException.class);
            assertThat(backend.connections()).isZero();
        }
        assertThat(client.backends().get(0).since()).isEqualTo(client.backends().get(0).since());
        assertThat(client.explain("key").why()).isEqualTo(KeyRoute.Why.OWNER_UNAVAILABLE);
        client.start();
        await().until(() -> client.backends().get(0).state() == State.UP);
        client.close();
    }

    @Test
    void operationsFailAsClosedAlsoWhereTheirBackendWasNotUsed(EmbeddedMemcached server) {
        int port = server.port();
        MemlinkClient client = MemlinkClient.builder().backends("127.0.0.1:" + port).build();
        await().until(() -> client.backends().get(0).state() == State.UP);
        client.membership().drain("127.0.0.1:" + port);
        await().until(() -> client.backends().get(0).state() == State.DRAINED);
        client.close();
        for (CompletableFuture<?> failed : List.of(client.get("key"), client.delete("key"), client.invalidate("key"))) {
            assertThatExceptionOfType(CompletionException.class).isThrownBy(failed::join)
                .withCauseInstanceOf(MemlinkClosedException.class);
        }
    }

    @Test
    void whatIsPendingFailsTheSameWayWhereTheCloserIsInterrupted(EmbeddedMemcached server) {
        MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .requestTimeout(Duration.ofHours(1))
            .closeTimeout(Duration.ofHours(1))
            .build();
        HoldFault hold = Fault.hold();
        server.faults().next("mg", hold);
        CompletableFuture<byte[]> pending = client.get("key");
        await().until(hold::reached);
        Thread.currentThread().interrupt();
        client.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThatExceptionOfType(CompletionException.class).isThrownBy(pending::join)
            .havingCause()
            .isInstanceOf(MemlinkClosedException.class)
            .extracting((failure) -> ((MemlinkException) failure).outcome())
            .isEqualTo(Outcome.UNKNOWN);
        assertThat(client.isRunning()).isFalse();
        hold.release();
    }

    @Test
    void whatItOwesABackendInUseIsDeliveredFirst(EmbeddedMemcached server) {
        MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + server.port())
            .maxPendingRequests(550)
            .requestTimeout(Duration.ofSeconds(30))
            .closeTimeout(Duration.ofMinutes(1))
            .build();
        await().until(() -> client.backends().get(0).state() == State.UP);
        List<String> keys = IntStream.range(0, 1500).mapToObj((i) -> "key-" + i).toList();
        Map<String, byte[]> values = keys.stream().collect(Collectors.toMap((key) -> key, String::getBytes));
        assertThat(client.setAll(values, Expiration.never()).join().failures()).isEmpty();
        List<CompletableFuture<Invalidation>> deletes = keys.stream().map(client::invalidate).toList();
        client.close();
        assertThat(deletes).extracting(CompletableFuture::join).contains(Invalidation.JOURNALLED);
        assertThat(server.items()).isEmpty();
    }

}
