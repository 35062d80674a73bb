package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that have reached their age.
 */
class ConnectionRenewalTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    private final RecordingListener listener = new RecordingListener();

    private ConnectionPool pool;

    private void connect(Duration maxAge) {
        LinkOptions options = LinkOptions.builder()
            .poolSize(1)
            .maxAge(maxAge)
            .requestTimeout(Duration.ofSeconds(5))
            .build();
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(), options,
                this.resources, this.listener);
        await().until(() -> this.pool.connections() == 1);
    }

    @AfterEach
    void close() {
        this.pool.close(Duration.ZERO).join();
        this.resources.close();
        this.server.close();
    }

    @Test
    void replacesConnectionsWithoutLosingARequest() {
        connect(Duration.ofMillis(20));
        List<CompletableFuture<String>> replies = new ArrayList<>();
        while (this.server.totalConnections() < 10) {
            replies.add(this.pool.send(NOOP));
            replies.get(replies.size() - 1).join();
            assertThat(this.pool.connections()).isEqualTo(1);
        }
        assertThat(replies).allSatisfy((reply) -> assertThat(reply.join()).isEqualTo("MN"));
        assertThat(this.listener.connections).containsOnly("connected");
        await().until(() -> this.server.openConnections() <= 2);
        assertThat(this.pool.pending()).isZero();
    }

    @Test
    void manyThreadsLoseNothingEither() throws InterruptedException {
        connect(Duration.ofMillis(5));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(new Thread(() -> {
                while (this.server.totalConnections() < 40) {
                    this.pool.send(NOOP).join();
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(this.listener.ended).allMatch((ended) -> "MN".equals(ended.reply()));
        this.pool.close(Duration.ofSeconds(1)).join();
        assertThat(this.pool.pending()).isZero();
        assertThat(this.resources.budget().bytes()).isZero();
    }

    @Test
    void aCloseAmongRenewalsEndsEveryCallAndEveryConnection() throws InterruptedException {
        for (int round = 0; round < 30; round++) {
            connect(Duration.ofMillis(1));
            ConnectionPool pool = this.pool;
            Queue<CompletableFuture<String>> replies = new ConcurrentLinkedQueue<>();
            AtomicBoolean closed = new AtomicBoolean();
            List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                while (!closed.get()) {
                    replies.add(pool.send(NOOP));
                    replies.add(pool.send(NOOP));
                    pool.send(NOOP).exceptionally(Throwable::getMessage).join();
                }
            })).limit(2).toList();
            threads.forEach(Thread::start);
            long renewals = this.server.totalConnections() + 1 + round % 3;
            await().pollInterval(Duration.ofMillis(1)).until(() -> this.server.totalConnections() >= renewals);
            CompletableFuture<Void> ended = pool.close((round % 2 == 0) ? Duration.ZERO : Duration.ofSeconds(5));
            assertThat(ended).succeedsWithin(Duration.ofSeconds(5));
            closed.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(replies).allMatch(CompletableFuture::isDone);
            assertThat(pool.pending()).isZero();
            await().until(() -> this.server.openConnections() == 0);
        }
        assertThat(this.resources.budget().requests()).isZero();
    }

    @Test
    void theSuccessorWaitsForWhatWasSentDownTheOldOne() {
        connect(Duration.ofMillis(50));
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> first = this.pool.send(NOOP);
        await().until(() -> this.pool.draining() == 1);
        CompletableFuture<String> second = this.pool.send(LineRequest.of("mg key"));
        talkToTheServerFromTheSameLoop();
        assertThat(this.server.requests("mg")).isZero();
        assertThat(this.pool.inFlight()).isEqualTo(1);
        assertThat(this.pool.pending()).isEqualTo(2);
        hold.release();
        assertThat(first.join()).isEqualTo("MN");
        assertThat(second.join()).isEqualTo("EN");
        await().until(() -> this.pool.draining() == 0);
    }

    private void talkToTheServerFromTheSameLoop() {
        ConnectionPool other = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                LinkOptions.builder().poolSize(1).build(), this.resources);
        assertThat(other.send(NOOP).join()).isEqualTo("MN");
        other.close(Duration.ZERO).join();
    }

    @Test
    void keepsTheOldOneWhereThereIsNoSuccessor() {
        connect(Duration.ofMillis(50));
        this.server.stopAccepting();
        await().until(() -> this.listener.connections.contains("dialFailed"));
        assertThat(this.pool.send(NOOP).join()).isEqualTo("MN");
        assertThat(this.pool.connections()).isEqualTo(1);
        assertThat(this.pool.lastFailure()).isNull();
    }

}
