package io.memlink.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/**
 * Requests whose time is over, and servers that do not answer.
 */
class DeadlineTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private static final LineRequest GET = LineRequest.of("mg key");

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    private final RecordingListener listener = new RecordingListener();

    private ConnectionPool pool;

    private void connect(Duration timeout) {
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                LinkOptions.builder()
                    .poolSize(1)
                    .requestTimeout(timeout)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build(),
                this.resources, this.listener);
    }

    @AfterEach
    void close() {
        this.pool.close(Duration.ZERO).join();
        this.resources.close();
        this.server.close();
    }

    private static void assertTimesOut(CompletableFuture<?> reply, Outcome outcome) {
        assertThatThrownBy(reply::join).cause()
            .asInstanceOf(type(MemlinkTimeoutException.class))
            .extracting(MemlinkException::outcome)
            .isEqualTo(outcome);
    }

    @Test
    void whatTimedOutBeforeItWasWrittenIsNeverWritten() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("version", hold);
        connect(Duration.ofMillis(50));
        CompletableFuture<String> reply = this.pool.send(GET);
        assertTimesOut(reply, Outcome.NOT_SENT);
        assertThatThrownBy(reply::join).hasMessageContaining("timed out after 50 ms without a usable connection");
        assertThat(this.pool.pending()).as("the greeting alone").isEqualTo(1);
        hold.release();
        await().until(() -> this.pool.connections() == 1);
        assertThat(this.pool.send(NOOP).join()).isEqualTo("MN");
        assertThat(this.server.requests("mg")).isZero();
    }

    @Test
    void whatTimedOutAfterItWasWrittenKeepsItsPlace() {
        connect(Duration.ofMillis(200));
        await().until(() -> this.pool.connections() == 1);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        assertTimesOut(this.pool.send(GET), Outcome.UNKNOWN);
        assertThat(this.pool.pending()).isEqualTo(1);
        CompletableFuture<String> next = this.pool.send(NOOP);
        hold.release();
        assertThat(next.join()).isEqualTo("MN");
        assertThat(this.pool.pending()).isZero();
        assertThat(this.server.totalConnections()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotAnswerAtAllIsDialedAgain() {
        connect(Duration.ofMillis(50));
        await().until(() -> this.pool.connections() == 1);
        this.server.faults().next("mn", Fault.hold());
        assertTimesOut(this.pool.send(NOOP), Outcome.UNKNOWN);
        await().until(() -> this.server.totalConnections() == 2);
        await().untilAsserted(() -> assertThat(this.pool.send(NOOP).join()).isEqualTo("MN"));
        assertThat(this.listener.causes).singleElement()
            .asInstanceOf(type(MemlinkConnectionException.class))
            .extracting(MemlinkConnectionException::reason)
            .isEqualTo(Reason.STALLED);
    }

    @Test
    void whatArrivedWhileTheJvmStoodStillIsReadBeforeDeadlinesCount() throws InterruptedException {
        connect(Duration.ofMillis(300));
        await().until(() -> this.pool.connections() == 1);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> reply = this.pool.send(NOOP);
        await().until(hold::reached);
        CountDownLatch blocked = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        long start = System.nanoTime();
        this.resources.nextLoop().execute(() -> {
            blocked.countDown();
            awaitQuietly(goOn);
        });
        blocked.await();
        assertThat(reply).isNotDone();
        hold.release();
        await().until(() -> System.nanoTime() - start > Duration.ofMillis(500).toNanos());
        goOn.countDown();
        assertThat(reply.join()).isEqualTo("MN");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

}
