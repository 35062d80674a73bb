package io.memlink.link;

import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.embedded.ClientConnection;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.link.loop.LaneChoice;
import io.memlink.link.loop.SyncCaller;
import io.memlink.link.loop.Threads;
import io.memlink.link.transport.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Requests of one affinity keep their order, whichever connection each would choose.
 */
class OrderAcrossConnectionsTests {

    private static final int AFFINITY = 5;

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private volatile LaneChoice choice = LaneChoice::leastBusyWhereFewWait;

    private final LinkResources resources = new LinkResources(3, 10_000, 1 << 24, Transport.choose(),
            new LinkResources.Environment(new Random(1), ByteBufAllocator.DEFAULT, InetAddress::getAllByName,
                    Threads.ofThisJvm(), Ticker.systemTicker(), InstantSource.system(),
                    (home, slots) -> this.choice.choose(home, slots)));

    private ConnectionPool pool(Duration requestTimeout) {
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                LinkOptions.builder().poolSize(3).requestTimeout(requestTimeout).build(), this.resources);
        await().until(() -> pool.connections() == 3);
        return pool;
    }

    private static CompletableFuture<String> send(ConnectionPool pool, String line, int affinity) {
        return pool.send(new LineRequest(line + "\r\n", affinity));
    }

    private void wish(int lane) {
        this.choice = (home, slots) -> lane;
    }

    @AfterEach
    void close() {
        this.resources.close();
        this.server.close();
    }

    @Test
    void whatComesBehindAPendingRequestUsesItsConnection() {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        wish(2);
        CompletableFuture<String> first = send(pool, "mn", AFFINITY);
        await().until(hold::reached);
        wish(0);
        CompletableFuture<String> behind = send(pool, "me key", AFFINITY);
        assertThat(send(pool, "me key", AFFINITY + 1).join()).isEqualTo("EN");
        assertThat(pool.lane(AFFINITY)).isEqualTo(2);
        assertThat(first).isNotDone();
        assertThat(behind).isNotDone();
        hold.release();
        assertThat(first.join()).isEqualTo("MN");
        assertThat(behind.join()).isEqualTo("EN");
        await().until(() -> pool.lanes().requests() == 0);
        assertThat(pool.lane(AFFINITY)).isZero();
    }

    @Test
    void alsoWhereNobodyWaitsForThatAnyMore() {
        ConnectionPool pool = pool(Duration.ofMillis(200));
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        wish(2);
        CompletableFuture<String> first = send(pool, "mn", AFFINITY);
        assertThatThrownBy(first::join).hasCauseInstanceOf(MemlinkTimeoutException.class);
        CompletableFuture<String> cancelled = send(pool, "mn", AFFINITY);
        cancelled.cancel(false);
        assertThat(pool.lane(AFFINITY)).isEqualTo(2);
        hold.release();
        await().until(() -> pool.lanes().requests() == 0);
        assertThat(pool.pending()).isZero();
    }

    @Test
    void aConnectionThatIsLostHoldsNobody() {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        this.server.faults().next("mn", Fault.resetConnection());
        wish(2);
        CompletableFuture<String> first = send(pool, "mn", AFFINITY);
        assertThatThrownBy(first::join).isNotNull();
        await().until(() -> pool.lanes().requests() == 0);
        wish(0);
        assertThat(send(pool, "me key", AFFINITY).join()).isEqualTo("EN");
    }

    @Test
    void whereTheOwnConnectionIsLostAnotherOneIsUsed() throws Exception {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        for (int i = 0; i < 10; i++) {
            assertThat(pool.sendDown(0, LineRequest.of("mn")).join()).isEqualTo("MN");
        }
        this.server.stopAccepting();
        this.server.connections().stream().max(Comparator.comparing(ClientConnection::requests)).orElseThrow().reset();
        await().until(() -> pool.connections() == 2);
        for (int i = 0; i < 20; i++) {
            assertThat(send(pool, "me key", i).join()).isEqualTo("EN");
            int affinity = i;
            assertThat(SyncCaller.call(() -> send(pool, "me key", affinity), TimeUnit.SECONDS.toNanos(20)))
                .isEqualTo("EN");
        }
        assertThat(pool.lane(AFFINITY)).isNotZero();
    }

    @Test
    void norDoesARequestThatIsRefused() throws Exception {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        pool.close(Duration.ofSeconds(5)).get(20, TimeUnit.SECONDS);
        wish(2);
        assertThat(send(pool, "mn", AFFINITY)).isCompletedExceptionally();
        assertThat(pool.lanes().requests()).isZero();
    }

    @Test
    void bothWaysToCallAndAnyChoiceKeepTheOrder() throws Exception {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        Random random = new Random(1);
        this.choice = (home, slots) -> {
            synchronized (random) {
                return random.nextInt(slots.length);
            }
        };
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int affinity = i;
            Thread thread = new Thread(() -> {
                try {
                    writeAndRead(pool, affinity);
                }
                catch (Throwable ex) {
                    failure.compareAndSet(null, ex);
                }
            });
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        await().until(() -> pool.lanes().requests() == 0);
    }

    private static void writeAndRead(ConnectionPool pool, int affinity) throws Exception {
        for (int round = 0; round < 500; round++) {
            int length = 1 + (round * 7 + affinity) % 9;
            String set = "ms key" + affinity + " " + length + "\r\n" + "x".repeat(length);
            boolean waits = (round + affinity) % 3 == 0;
            CompletableFuture<String> stored = send(pool, set, affinity);
            if (waits) {
                stored.join();
            }
            String read = (round % 2 == 0) ? SyncCaller.call(() -> send(pool, "mg key" + affinity + " s", affinity),
                    TimeUnit.SECONDS.toNanos(20)) : send(pool, "mg key" + affinity + " s", affinity).join();
            assertThat(read).isEqualTo("HD s" + length);
            assertThat(stored.join()).isEqualTo("HD");
        }
    }

    @Test
    void fewThatWaitSpreadOverTheConnectionsAndAsynchronousOnesDoNot() throws Exception {
        ConnectionPool pool = pool(Duration.ofSeconds(20));
        for (int i = 0; i < 100; i++) {
            SyncCaller.call(() -> send(pool, "mn", 0), TimeUnit.SECONDS.toNanos(20));
        }
        HoldFault hold = Fault.hold();
        this.server.faults().next("mn", hold);
        Thread waits = new Thread(() -> {
            try {
                SyncCaller.call(() -> send(pool, "mn", 0), TimeUnit.SECONDS.toNanos(20));
            }
            catch (Exception ex) {
                throw new IllegalStateException(ex);
            }
        });
        waits.start();
        await().until(hold::reached);
        // It would wait behind the other one on the same connection.
        String other = SyncCaller.call(() -> send(pool, "me key", 1), TimeUnit.SECONDS.toNanos(20));
        assertThat(other).isEqualTo("EN");
        CompletableFuture<String> asynchronous = send(pool, "me key", 2);
        assertThat(asynchronous).isNotDone();
        hold.release();
        assertThat(asynchronous.join()).isEqualTo("EN");
        waits.join();
    }

}
