package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/**
 * How pools end, and where futures are completed until then.
 */
class LifecycleTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    private ConnectionPool pool(LinkOptions.Builder options) {
        return new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                options.requestTimeout(Duration.ofSeconds(10)).connectTimeout(Duration.ofSeconds(10)).build(),
                this.resources);
    }

    @AfterEach
    void close() {
        this.resources.close();
        this.server.close();
    }

    private static void assertClosed(CompletableFuture<?> reply, Outcome outcome) {
        assertThatThrownBy(reply::join).cause()
            .asInstanceOf(type(MemlinkClosedException.class))
            .extracting(MemlinkException::outcome)
            .isEqualTo(outcome);
    }

    @Test
    void closingLetsRequestsFinish() {
        ConnectionPool pool = pool(LinkOptions.builder());
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> reply = pool.send(NOOP);
        await().until(hold::reached);
        CompletableFuture<Void> closed = pool.close(Duration.ofSeconds(10));
        assertClosed(pool.send(NOOP), Outcome.NOT_SENT);
        assertThat(closed).isNotDone();
        hold.release();
        assertThat(reply.join()).isEqualTo("MN");
        closed.join();
        assertThat(pool.connections()).isZero();
    }

    @Test
    void closingWaitsForTheFirstConnectionToo() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("version", hold);
        ConnectionPool pool = pool(LinkOptions.builder());
        CompletableFuture<String> reply = pool.send(NOOP);
        CompletableFuture<Void> closed = pool.close(Duration.ofSeconds(10));
        await().until(hold::reached);
        hold.release();
        assertThat(reply.join()).isEqualTo("MN");
        closed.join();
    }

    @Test
    void whatIsNotFinishedInTimeFails() {
        ConnectionPool pool = pool(LinkOptions.builder());
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<String> reply = pool.send(NOOP);
        await().until(hold::reached);
        pool.close(Duration.ofMillis(20)).join();
        assertClosed(reply, Outcome.UNKNOWN);
        assertThat(pool.pending()).isZero();
    }

    @Test
    void endsEveryRequestAndEveryThread() {
        ConnectionPool pool = pool(LinkOptions.builder().maxInFlight(20_000));
        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            replies.add(pool.send(NOOP));
        }
        CompletableFuture<Void> closed = pool.close(Duration.ofMillis(1));
        pool.close(Duration.ZERO).join();
        closed.join();
        assertThat(replies).allMatch(CompletableFuture::isDone);
        assertThat(pool.pending()).isZero();
        assertThat(this.resources.budget().requests()).isZero();
        this.resources.close();
        await().until(() -> Thread.getAllStackTraces()
            .keySet()
            .stream()
            .noneMatch((thread) -> thread.getName().matches("memlink-(io|resolver|background|watchdog).*")));
        assertClosed(pool.send(NOOP), Outcome.NOT_SENT);
    }

    @Test
    void aCallbackMayClose() {
        ConnectionPool pool = pool(LinkOptions.builder());
        CompletableFuture<Void> closed = pool.send(NOOP).thenCompose((reply) -> pool.close(Duration.ofSeconds(10)));
        closed.join();
        this.resources.close();
    }

    @Test
    void completesFuturesWhereItIsTold() {
        List<Runnable> tasks = new ArrayList<>();
        ConnectionPool pool = pool(LinkOptions.builder().callbackExecutor(tasks::add));
        CompletableFuture<String> reply = pool.send(NOOP);
        await().until(() -> !tasks.isEmpty());
        assertThat(reply).isNotDone();
        tasks.get(0).run();
        assertThat(reply).isCompletedWithValue("MN");
        pool.close(Duration.ZERO).join();
    }

    @Test
    void completesFuturesEvenWhereTheExecutorRefuses() {
        Executor refusing = (task) -> {
            throw new RejectedExecutionException("closed");
        };
        ConnectionPool pool = pool(LinkOptions.builder().callbackExecutor(refusing));
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
        pool.close(Duration.ZERO).join();
    }

}
