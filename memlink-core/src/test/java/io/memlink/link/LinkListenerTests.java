package io.memlink.link;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.link.RecordingListener.Ended;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What a pool tells its listener.
 */
class LinkListenerTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    private final RecordingListener listener = new RecordingListener();

    private ConnectionPool pool;

    @BeforeEach
    void connect() {
        this.pool = pool(this.listener, Duration.ofSeconds(5));
        await().until(() -> this.pool.connections() == 1);
    }

    private ConnectionPool pool(LinkListener listener, Duration timeout) {
        LinkOptions options = LinkOptions.builder().poolSize(1).requestTimeout(timeout).maxInFlight(2).build();
        Endpoint endpoint = new Endpoint("127.0.0.1", this.server.port());
        return new ConnectionPool(endpoint, new LineProtocol(), options, this.resources, listener);
    }

    @AfterEach
    void close() {
        this.pool.close(Duration.ZERO).join();
        this.resources.close();
        this.server.close();
    }

    private Ended onlyEnded() {
        assertThat(this.listener.ended).hasSize(1);
        return this.listener.ended.remove();
    }

    @Test
    void tellsOfARequestOnceItHasEndedAndNotOfGreetings() {
        assertThat(this.listener.ended).isEmpty();
        CompletableFuture<Integer> toldBefore = this.pool.send(NOOP).thenApply((reply) -> this.listener.ended.size());
        assertThat(toldBefore.join()).isEqualTo(1);
        Ended ended = onlyEnded();
        assertThat(ended.request()).isSameAs(NOOP);
        assertThat(ended.reply()).isEqualTo("MN");
        assertThat(ended.failure()).isNull();
        assertThat(ended.queuedNanos()).isPositive();
        assertThat(ended.wireNanos()).isPositive();
    }

    @Test
    void tellsOfConnections() {
        await().until(() -> this.listener.connections.size() == 1);
        this.server.closeConnections();
        await().until(() -> this.listener.connections.size() == 3);
        this.server.stopAccepting();
        this.server.closeConnections();
        await().until(() -> this.listener.connections.contains("dialFailed"));
        assertThat(this.listener.connections).startsWith("connected", "disconnected", "connected", "disconnected",
                "dialFailed");
        this.pool.close(Duration.ZERO).join();
        assertThat(this.listener.connections).endsWith("dialFailed");
    }

    @Test
    void tellsOfWhatTheServerKeepsWaiting() {
        this.pool.close(Duration.ZERO).join();
        this.pool = pool(this.listener, Duration.ofMillis(50));
        await().until(() -> this.pool.connections() == 1);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        assertThatThrownBy(() -> this.pool.send(NOOP).join()).hasCauseInstanceOf(MemlinkTimeoutException.class);
        Ended ended = onlyEnded();
        assertThat(ended.failure()).isInstanceOf(MemlinkTimeoutException.class);
        assertThat(ended.wireNanos()).isPositive();
        hold.release();
        await().until(() -> this.listener.late.contains(NOOP));
        assertThat(this.listener.ended).isEmpty();
    }

    @Test
    void tellsOfWhatTheCallerDoesNotWaitFor() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> reply = this.pool.send(NOOP);
        await().until(hold::reached);
        reply.cancel(false);
        hold.release();
        await().until(() -> this.listener.late.contains(NOOP));
        Ended ended = onlyEnded();
        assertThat(ended.failure()).isInstanceOf(CancellationException.class);
        assertThat(ended.reply()).isNull();
    }

    @Test
    void tellsOfWhatWasNeverQueued() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        this.pool.send(NOOP);
        this.pool.send(NOOP);
        assertThatThrownBy(() -> this.pool.send(NOOP).join()).hasCauseInstanceOf(MemlinkOverloadedException.class);
        assertRefused(onlyEnded(), MemlinkOverloadedException.class);
        this.server.stopAccepting();
        this.server.closeConnections();
        await().until(() -> this.listener.connections.contains("dialFailed"));
        this.listener.ended.clear();
        assertThatThrownBy(() -> this.pool.send(NOOP).join()).hasCauseInstanceOf(MemlinkConnectionException.class);
        assertRefused(onlyEnded(), MemlinkConnectionException.class);
        this.pool.close(Duration.ZERO).join();
        assertThatThrownBy(() -> this.pool.send(NOOP).join()).hasCauseInstanceOf(MemlinkClosedException.class);
        assertRefused(onlyEnded(), MemlinkClosedException.class);
    }

    private static void assertRefused(Ended ended, Class<? extends MemlinkException> type) {
        assertThat(ended.failure()).isInstanceOf(type);
        assertThat(List.of(ended.queuedNanos(), ended.wireNanos())).containsOnly(0L);
    }

    @Test
    void aListenerThatThrowsHurtsNothing() {
        this.pool.close(Duration.ZERO).join();
        this.pool = pool(new ThrowingListener(), Duration.ofSeconds(5));
        assertThat(this.pool.send(NOOP).join()).isEqualTo("MN");
        this.server.closeConnections();
        await().untilAsserted(() -> assertThat(this.pool.send(NOOP).join()).isEqualTo("MN"));
        assertThat(this.pool.pending()).isZero();
    }

    @Test
    void thePoolTellsHowItIs() {
        assertThat(this.pool.sessions()).singleElement().asString().startsWith("VERSION ");
        assertThat(this.pool.dialing()).isZero();
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> reply = this.pool.send(NOOP);
        assertThat(this.pool.pending()).isEqualTo(1);
        assertThat(this.pool.pendingBytes()).isEqualTo(NOOP.encodedBytes());
        await().until(hold::reached);
        hold.release();
        reply.join();
        assertThat(this.pool.pending()).isZero();
        assertThat(this.pool.pendingBytes()).isZero();
        this.server.stopAccepting();
        this.server.closeConnections();
        await().until(() -> this.pool.lastFailure() != null);
        assertThat(this.pool.sessions()).isEmpty();
    }

    private static final class ThrowingListener implements LinkListener {

        @Override
        public void connected() {
            throw new IllegalStateException("connected");
        }

        @Override
        public void disconnected(MemlinkException cause) {
            throw new IllegalStateException("disconnected");
        }

        @Override
        public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
                long wireNanos) {
            throw new IllegalStateException("ended");
        }

    }

}
