package io.memlink.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.loop.DrivenLoop;
import io.memlink.link.loop.SyncCaller;
import io.memlink.link.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Callers that wait for replies, and are the event loop meanwhile; over each way to wait
 * for events that allows it.
 */
class DrivenLoopTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final List<MemlinkException> losses = new ArrayList<>();

    private @Nullable LinkResources resources;

    private DrivenLoop loop;

    static List<String> transports() {
        return TransportTests.transports().filter((name) -> !"io_uring".equals(name)).toList();
    }

    private ConnectionPool pool(String transport, Duration requestTimeout) {
        LinkOptions options = LinkOptions.builder().poolSize(1).requestTimeout(requestTimeout).build();
        LinkResources resources = new LinkResources(1, 10_000, 1 << 24, Transport.named(transport));
        this.resources = resources;
        this.loop = resources.nextLoop();
        return new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(), options, resources,
                new LinkListener() {

                    @Override
                    public void disconnected(MemlinkException cause) {
                        DrivenLoopTests.this.losses.add(cause);
                    }

                });
    }

    private ConnectionPool pool(String transport) {
        return pool(transport, Duration.ofSeconds(10));
    }

    private static String call(ConnectionPool pool, LineRequest request)
            throws InterruptedException, ExecutionException, TimeoutException {
        return SyncCaller.call(() -> pool.send(request), PATIENCE_NANOS);
    }

    /** Calls until this thread stands in for the loop. */
    private void drive(ConnectionPool pool) throws Exception {
        int drives = this.loop.drives();
        for (int i = 0; i < 1000 && this.loop.drives() < drives + 5; i++) {
            assertThat(call(pool, NOOP)).isEqualTo("MN");
        }
        assertThat(this.loop.drives()).isGreaterThan(drives);
    }

    @AfterEach
    void close() {
        if (this.resources != null) {
            this.resources.close();
        }
        this.server.close();
    }

    private static LineRequest set(String key, int value) {
        String digits = Integer.toString(value);
        return new LineRequest("ms " + key + " " + digits.length() + "\r\n" + digits + "\r\n", 0);
    }

    /** A value as a flag of the header, since these requests read one line. */
    private static LineRequest size(String key) {
        return new LineRequest("mg " + key + " s\r\n", 0);
    }

    private static Thread start(Runnable task) {
        Thread thread = new Thread(task);
        thread.start();
        return thread;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aCallerAloneStandsInForTheLoop(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        int drives = this.loop.drives();
        for (int i = 0; i < 1000; i++) {
            assertThat(call(pool, NOOP)).isEqualTo("MN");
        }
        assertThat(this.loop.drives()).isGreaterThan(drives + 500);
        assertThat(pool.pending()).isZero();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void operationsOnOneKeyKeepTheirOrderWhateverWayTheyAreSent(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String key = "key" + i;
            int seed = i;
            threads.add(start(() -> {
                try {
                    for (int round = 0; round < 300; round++) {
                        // Its length is what is read back.
                        int digits = 1 + (round * 7 + seed) % 9;
                        LineRequest set = set(key, (int) Math.pow(10, digits - 1));
                        boolean waits = (round + seed) % 3 == 0;
                        CompletableFuture<String> stored = waits ? CompletableFuture.completedFuture(call(pool, set))
                                : pool.send(set);
                        String read = (round % 2 == 0) ? call(pool, size(key)) : pool.send(size(key)).join();
                        assertThat(read).isEqualTo("HD s" + digits);
                        assertThat(stored.join()).isEqualTo("HD");
                    }
                }
                catch (Throwable ex) {
                    failure.compareAndSet(null, ex);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(pool.pending()).isZero();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void nothingIsLostWhereOneAndManyCallersTakeTurns(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        int callers = 16;
        CyclicBarrier barrier = new CyclicBarrier(callers);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            threads.add(start(() -> {
                try {
                    for (int burst = 0; burst < 60; burst++) {
                        barrier.await(20, TimeUnit.SECONDS);
                        // All, then few, then one alone.
                        int calls = (caller == 0) ? 40 : (caller < 3) ? 20 : 2;
                        for (int call = 0; call < calls; call++) {
                            assertThat(call(pool, NOOP)).isEqualTo("MN");
                        }
                    }
                }
                catch (Throwable ex) {
                    failure.compareAndSet(null, ex);
                    barrier.reset();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(this.loop.drives()).isPositive();
        assertThat(pool.pending()).isZero();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void anInterruptClosesNothingAndLosesNoReply(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = start(() -> thrown.set(catchThrowable(() -> call(pool, NOOP))));
        await().until(hold::reached);
        caller.interrupt();
        caller.join(5000);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        CompletableFuture<String> behind = pool.send(LineRequest.of("me key"));
        hold.release();
        assertThat(behind.join()).isEqualTo("EN");
        assertThat(call(pool, NOOP)).isEqualTo("MN");
        assertThat(this.losses).isEmpty();
        await().until(() -> pool.pending() == 0);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void deadlinesHoldWhereACallerIsTheLoop(String transport) throws Exception {
        ConnectionPool pool = pool(transport, Duration.ofMillis(200));
        drive(pool);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        assertThatThrownBy(() -> call(pool, NOOP)).cause()
            .isInstanceOf(MemlinkTimeoutException.class)
            .hasMessageContaining("timed out after 200 ms waiting for the reply");
        hold.release();
        assertThat(call(pool, NOOP)).isEqualTo("MN");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void callbacksOfOthersRunOnTheThreadOfTheLoop(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        List<CompletableFuture<String>> threads = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            CompletableFuture<String> callback = new CompletableFuture<>();
            CompletableFuture<String> sent = pool.send(NOOP);
            // Where it is there already, the callback runs here.
            boolean pending = !sent.isDone();
            sent.thenRun(() -> callback.complete(Thread.currentThread().getName()));
            if (pending && !callback.isDone()) {
                threads.add(callback);
            }
            assertThat(call(pool, NOOP)).isEqualTo("MN");
        }
        String test = Thread.currentThread().getName();
        long here = threads.stream().filter((name) -> name.join().equals(test)).count();
        assertThat(threads).hasSizeGreaterThan(50);
        assertThat(here).isZero();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aCallbackThatBlocksKeepsNoCallerFromItsReply(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<?> blocked = new CompletableFuture<>();
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        CompletableFuture<?> callback = pool.send(NOOP).thenRun(() -> {
            blocked.complete(null);
            never.join();
        });
        await().until(hold::reached);
        start(hold::release);
        try {
            blocked.get(10, TimeUnit.SECONDS);
        }
        finally {
            never.complete("");
        }
        callback.join();
        assertThat(call(pool, NOOP)).isEqualTo("MN");
    }

    @ParameterizedTest
    @MethodSource("transports")
    void whoStandsInForTheLoopMustNotWaitForIt(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        AtomicReference<Boolean> standsIn = new AtomicReference<>();
        LineRequest nosy = LineRequest.of("mn");
        SyncCaller.call(() -> pool.send(new Request<String>() {

            @Override
            public int encodedBytes() {
                return nosy.encodedBytes();
            }

            @Override
            public void encode(RequestWriter out) {
                standsIn.set(SyncCaller.isOnLoop());
                nosy.encode(out);
            }

            @Override
            public Decoder<String> decoder() {
                return nosy.decoder();
            }

        }), PATIENCE_NANOS);
        assertThat(standsIn.get()).isTrue();
        assertThat(SyncCaller.isOnLoop()).isFalse();
        assertThat(this.loop.inEventLoop()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void closingEndsACallerThatIsTheLoop(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = start(() -> thrown.set(catchThrowable(() -> call(pool, NOOP))));
        await().until(hold::reached);
        pool.close(Duration.ZERO).get(5, TimeUnit.SECONDS);
        caller.join(5000);
        assertThat(thrown.get()).cause()
            .isInstanceOf(MemlinkClosedException.class)
            .extracting((failure) -> ((MemlinkException) failure).outcome())
            .isEqualTo(Outcome.UNKNOWN);
        hold.release();
        assertThatThrownBy(() -> call(pool, NOOP)).cause().isInstanceOf(MemlinkClosedException.class);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void theLoopEndsWhileACallerIsIt(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        Thread caller = start(() -> assertThatThrownBy(() -> call(pool, NOOP)).isNotNull());
        await().until(hold::reached);
        this.loop.parent().shutdownGracefully(0, 2, TimeUnit.SECONDS);
        assertThat(this.loop.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        caller.join(5000);
        assertThat(caller.isAlive()).isFalse();
        hold.release();
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aLostConnectionIsNoticedAndMadeAgainWhereCallersWereTheLoop(String transport) throws Exception {
        ConnectionPool pool = pool(transport);
        drive(pool);
        this.server.closeConnections();
        await().until(() -> !this.losses.isEmpty());
        await().until(() -> pool.connections() == 1);
        assertThat(call(pool, NOOP)).isEqualTo("MN");
    }

}
