package io.memlink.link;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.link.tls.TlsOptions;
import io.memlink.link.transport.Transport;
import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/**
 * Dials whose name servers, or whose settings of TLS, stay silent.
 */
class DialPreparationTests {

    private final CountDownLatch end = new CountDownLatch(1);

    private final AtomicInteger asked = new AtomicInteger();

    private volatile boolean silent;

    private final List<ConnectionPool> pools = new ArrayList<>();

    private final LinkResources resources = new LinkResources(1, 1000, 1 << 20, Transport.named("nio"),
            new LinkResources.Environment(new Random(1), ByteBufAllocator.DEFAULT, this::lookUp));

    private InetAddress[] lookUp(String host) throws UnknownHostException {
        this.asked.incrementAndGet();
        if (this.silent) {
            waitForTheEnd();
        }
        return new InetAddress[] { InetAddress.getLoopbackAddress() };
    }

    private void waitForTheEnd() {
        try {
            this.end.await();
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private ConnectionPool pool(String host, int port, LinkOptions.Builder options) {
        ConnectionPool pool = new ConnectionPool(new Endpoint(host, port), new LineProtocol(),
                options.connectTimeout(Duration.ofMillis(50)).build(), this.resources);
        this.pools.add(pool);
        return pool;
    }

    @AfterEach
    void close() {
        this.end.countDown();
        this.pools.forEach((pool) -> pool.close(Duration.ZERO).join());
        this.resources.close();
    }

    @Test
    void aSilentNameServerDoesNotHideWhatWasKnown() {
        EmbeddedMemcached first = EmbeddedMemcached.start();
        ConnectionPool pool = pool("server.example", first.port(), LinkOptions.builder().poolSize(1));
        await().until(() -> pool.connections() == 1);
        this.silent = true;
        first.close();
        await().until(() -> pool.connections() == 0);
        try (EmbeddedMemcached second = EmbeddedMemcached.builder().port(first.port()).start()) {
            await().until(() -> pool.connections() == 1);
            assertThat(second.totalConnections()).isEqualTo(1);
        }
    }

    @Test
    void oneThreadWaitsForANameHoweverOftenItIsAsked() {
        this.silent = true;
        ConnectionPool pool = pool("server.example", 11211, LinkOptions.builder().poolSize(4));
        await().until(() -> pool.lastFailure() != null);
        List<Object> failures = new ArrayList<>();
        while (failures.size() < 3) {
            Object failure = pool.lastFailure();
            if (!failures.contains(failure)) {
                failures.add(failure);
            }
        }
        assertThat(pool.lastFailure()).asInstanceOf(type(MemlinkConnectionException.class)).satisfies((failure) -> {
            assertThat(failure.reason()).isEqualTo(Reason.UNKNOWN_HOST);
            assertThat(failure).hasMessage("server.example:11211: looking up the name took longer than 50 ms");
        });
        assertThat(this.asked).hasValue(1);
    }

    @Test
    void settingsThatHangDoNotHoldUpNames() {
        AtomicInteger read = new AtomicInteger();
        LinkOptions.Builder hanging = LinkOptions.builder().poolSize(1).tls(() -> {
            read.incrementAndGet();
            waitForTheEnd();
            return TlsOptions.builder().build();
        });
        for (int i = 0; i < 20; i++) {
            pool("127.0.0.1", 11211, hanging);
        }
        ConnectionPool last = this.pools.get(this.pools.size() - 1);
        await().until(() -> last.lastFailure() != null);
        assertThat(last.lastFailure()).hasMessageContaining("reading the settings of TLS took longer than 50 ms");
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            ConnectionPool named = pool("server.example", server.port(), LinkOptions.builder().poolSize(1));
            await().until(() -> named.connections() == 1);
        }
        assertThat(read).hasValue(1);
    }

}
