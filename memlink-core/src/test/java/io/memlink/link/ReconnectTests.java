package io.memlink.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.link.transport.ConnectRace;
import io.memlink.link.transport.Transport;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How servers are found again.
 */
class ReconnectTests {

    private final LinkResources resources = new LinkResources(1, 1 << 20);

    @AfterEach
    void close() {
        this.resources.close();
    }

    @Test
    void waitsLongerForWhatOnlyAnOperatorCanMend() {
        assertThat(Duration.ofNanos(Dialer.backoff(null).delayNanos(1_000_000, 1))).hasMillis(800);
        assertThat(Duration.ofNanos(Dialer.backoff(Reason.LOST).delayNanos(1_000_000, 1))).hasMillis(800);
        assertThat(Duration.ofNanos(Dialer.backoff(Reason.TLS).delayNanos(1_000_000, 1))).hasSeconds(30);
        assertThat(Duration.ofNanos(Dialer.backoff(Reason.AUTHENTICATION).delayNanos(1_000_000, 0))).hasSeconds(15);
    }

    @Test
    void findsAServerThatComesBack() {
        LineRequest noop = LineRequest.of("mn");
        EmbeddedMemcached first = EmbeddedMemcached.start();
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", first.port()), new LineProtocol(),
                LinkOptions.builder().poolSize(1).build(), this.resources);
        await().until(() -> pool.connections() == 1);
        first.close();
        await().until(() -> pool.lastFailure() != null && pool.connections() == 0);
        try (EmbeddedMemcached second = EmbeddedMemcached.builder().port(first.port()).start()) {
            await().until(() -> pool.connections() == 1);
            assertThat(pool.send(noop).join()).isEqualTo("MN");
            assertThat(pool.lastFailure()).isNull();
            assertThat(second.totalConnections()).isEqualTo(1);
        }
        pool.close(Duration.ZERO).join();
    }

    @Test
    void whatWentUnansweredForLongIsDialedAgainAtOnce() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket one = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket two = new Socket(full.getInetAddress(), full.getLocalPort())) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            assertThat(dialsAgainAtOnce(full.getLocalPort())).isTrue();
        }
    }

    @Test
    void whatRefusesAtOnceIsLeftAloneForAWhile() throws IOException {
        assertThat(dialsAgainAtOnce(((InetSocketAddress) closedPort()).getPort())).isFalse();
    }

    /** Without chance, by which many clients differ. */
    private static boolean dialsAgainAtOnce(int port) {
        RandomGenerator none = () -> 0;
        AtomicReference<ConnectionPool> pool = new AtomicReference<>();
        AtomicReference<Boolean> dialing = new AtomicReference<>();
        try (LinkResources resources = new LinkResources(1, 100, 1 << 20, Transport.choose(),
                new LinkResources.Environment(none, ByteBufAllocator.DEFAULT, InetAddress::getAllByName))) {
            LinkListener listener = new LinkListener() {

                @Override
                public void dialFailed(MemlinkException cause) {
                    resources.timers().schedule(() -> dialing.compareAndSet(null, pool.get().dialing() == 1), 0);
                }

            };
            resources.timers()
                .execute(() -> pool.set(new ConnectionPool(new Endpoint("127.0.0.1", port), new LineProtocol(),
                        LinkOptions.builder().poolSize(1).connectTimeout(Duration.ofSeconds(1)).build(), resources,
                        listener)));
            return await().until(dialing::get, Objects::nonNull);
        }
    }

    @Test
    void takesTheNextAddressWhereOneRefuses() throws IOException {
        try (ServerSocket live = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThat(race(closedPort(), live.getLocalSocketAddress()).join()).isEqualTo(live.getLocalPort());
        }
    }

    @Test
    void takesTheNextAddressWhereOneDoesNotAnswer() throws IOException {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket one = new Socket(full.getInetAddress(), full.getLocalPort());
                Socket two = new Socket(full.getInetAddress(), full.getLocalPort());
                ServerSocket live = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThat(one.isConnected() && two.isConnected()).isTrue();
            assertThat(race(full.getLocalSocketAddress(), live.getLocalSocketAddress()).join())
                .isEqualTo(live.getLocalPort());
        }
    }

    @Test
    void failsWhereAllAddressesDo() throws IOException {
        assertThat(race(closedPort(), closedPort())).failsWithin(Duration.ofSeconds(10));
    }

    private static SocketAddress closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalSocketAddress();
        }
    }

    /** Returns the port that was connected to. */
    private CompletableFuture<Integer> race(SocketAddress... addresses) {
        EventLoop loop = this.resources.nextLoop();
        CompletableFuture<Channel> won = new CompletableFuture<>();
        Dialer dialer = new Dialer(new Endpoint("localhost", 11211), new LineProtocol(),
                LinkOptions.builder().poolSize(1).build(), this.resources);
        ConnectRace race = new ConnectRace(loop, dialer.bootstrap(loop), List.of(addresses), won::complete,
                won::completeExceptionally);
        loop.execute(race::tryNext);
        return won.thenApply((channel) -> {
            int port = ((InetSocketAddress) channel.remoteAddress()).getPort();
            channel.close();
            return port;
        });
    }

    @Test
    void saysOnceWhereNobodyListens() {
        Endpoint endpoint = new Endpoint("127.0.0.1", 1);
        ConnectionPool pool = new ConnectionPool(endpoint, new LineProtocol(),
                LinkOptions.builder().poolSize(1).build(), this.resources);
        await().until(() -> pool.lastFailure() != null);
        assertThat(pool.lastFailure()).hasMessageStartingWith("127.0.0.1:1: cannot connect: ")
            .hasMessageEndingWith("Connection refused");
        pool.close(Duration.ZERO).join();
    }

}
