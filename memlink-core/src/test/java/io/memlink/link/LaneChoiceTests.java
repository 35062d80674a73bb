package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.link.loop.SyncCaller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Which connection a request chooses, by who waits for its reply. */
class LaneChoiceTests {

    private static final int CONNECTIONS = 4;

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(CONNECTIONS, 1 << 24);

    private final List<HoldFault> holds = new ArrayList<>();

    private final List<Thread> callers = new ArrayList<>();

    private ConnectionPool pool;

    @BeforeEach
    void connect() {
        this.pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                LinkOptions.builder().poolSize(CONNECTIONS).requestTimeout(Duration.ofSeconds(20)).build(),
                this.resources);
        await().until(() -> this.pool.connections() == CONNECTIONS);
    }

    @AfterEach
    void close() throws InterruptedException {
        this.holds.forEach(HoldFault::release);
        for (Thread caller : this.callers) {
            caller.join();
        }
        this.resources.close();
        this.server.close();
    }

    /** Has a thread wait for a reply that does not come, and returns its connection. */
    private int laneOfOneThatWaits(int affinity) {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        this.holds.add(hold);
        int inFlight = this.pool.inFlight();
        Thread caller = new Thread(() -> call(affinity));
        this.callers.add(caller);
        caller.start();
        await().until(() -> this.pool.inFlight() > inFlight);
        return this.pool.lane(affinity);
    }

    private void call(int affinity) {
        try {
            SyncCaller.call(() -> this.pool.send(new LineRequest("mn\r\n", affinity)), TimeUnit.SECONDS.toNanos(20));
        }
        catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }

    @Test
    void asManyThatWaitAsThereAreConnectionsHaveOneEach() {
        assertThat(IntStream.range(0, CONNECTIONS).map(this::laneOfOneThatWaits).boxed()).containsExactlyInAnyOrder(0,
                1, 2, 3);
    }

    @Test
    void whoFindsAsManyThatWaitSharesTheConnectionOfAsynchronousCalls() {
        IntStream.range(0, CONNECTIONS).forEach(this::laneOfOneThatWaits);
        assertThat(IntStream.range(10, 13).map(this::laneOfOneThatWaits).boxed()).containsOnly(0);
    }

    @Test
    void threeConnectionsOfFourAreLeftToThoseThatWait() {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        this.holds.add(hold);
        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (int affinity = 0; affinity < 20; affinity++) {
            replies.add(this.pool.send(new LineRequest("mn\r\n", affinity)));
        }
        await().until(hold::reached);
        assertThat(replies).noneMatch(CompletableFuture::isDone);
        assertThat(laneOfOneThatWaits(100)).isNotZero();
    }

    @Test
    void eachPoolBeginsWithAnotherEventLoop() {
        assertThat(IntStream.range(0, CONNECTIONS).mapToObj((i) -> this.resources.loops(CONNECTIONS).get(0)))
            .doesNotHaveDuplicates();
        assertThat(this.resources.loops(CONNECTIONS)).doesNotHaveDuplicates();
        assertThat(this.resources.loops(CONNECTIONS + 1)).hasSize(CONNECTIONS + 1);
    }

}
