package io.memlink.link;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.Outcome;
import io.memlink.link.transport.Transport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/**
 * Every call ends exactly once whatever is thrown on its way, and the server is dialed
 * again.
 */
class EveryCallEndsTests {

    private static final LineRequest NOOP = LineRequest.of("mn");

    private static final Error BROKEN = new AssertionError("broken");

    private final StarvingAllocator memory = new StarvingAllocator();

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, 1000, 1 << 20, Transport.named("nio"),
            new LinkResources.Environment(new Random(1), this.memory, InetAddress::getAllByName));

    private final RecordingListener listener = new RecordingListener();

    private @Nullable ConnectionPool pool;

    private ConnectionPool connect(Protocol protocol, LinkOptions.Builder options) {
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), protocol,
                options.build(), this.resources, this.listener);
        this.pool = pool;
        return pool;
    }

    private ConnectionPool connected() {
        ConnectionPool pool = connect(new LineProtocol(), LinkOptions.builder().poolSize(1));
        await().until(() -> pool.connections() == 1);
        return pool;
    }

    /** What is sent before the end of a connection is noticed fails with it. */
    private static void answersInTheEnd(ConnectionPool pool) {
        await().ignoreExceptionsInstanceOf(CompletionException.class)
            .untilAsserted(() -> assertThat(pool.send(NOOP).join()).isEqualTo("MN"));
    }

    @AfterEach
    void close() {
        ConnectionPool pool = this.pool;
        if (pool != null) {
            await().untilAsserted(() -> assertThat(pool.pending()).isZero());
            pool.close(Duration.ZERO).join();
        }
        assertThat(this.resources.budget().requests()).isZero();
        assertThat(this.resources.budget().bytes()).isZero();
        this.resources.close();
        this.server.close();
    }

    @Test
    void whereThereIsNoMemoryToEncode() {
        ConnectionPool pool = connected();
        this.memory.starving = true;
        LineRequest large = new LineRequest("x".repeat(10_000), 0);
        assertThatThrownBy(() -> pool.send(large).join()).cause()
            .asInstanceOf(type(MemlinkOverloadedException.class))
            .extracting(MemlinkException::outcome)
            .isEqualTo(Outcome.NOT_SENT);
        this.memory.starving = false;
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
        assertThat(this.server.totalConnections()).isEqualTo(1);
    }

    @Test
    void whereThereIsNoMemoryToWriteWhatWasEncoded() {
        ConnectionPool pool = connected();
        this.memory.starving = true;
        // Has room where it is encoded, and none in the buffer that is kept.
        LineRequest longer = new LineRequest("x".repeat(900), 0);
        assertThatThrownBy(() -> pool.send(longer).join()).hasCauseInstanceOf(MemlinkException.class);
        this.memory.starving = false;
        answersInTheEnd(pool);
    }

    @Test
    void whereThereIsNoMemoryToGreet() {
        this.memory.starving = true;
        ConnectionPool pool = connect(new LineProtocol(), LinkOptions.builder().poolSize(1));
        CompletableFuture<String> reply = pool.send(NOOP);
        await().until(() -> this.listener.connections.contains("dialFailed"));
        assertThatThrownBy(reply::join).hasCauseInstanceOf(MemlinkException.class);
        this.memory.starving = false;
        await().until(() -> pool.connections() == 1);
    }

    /** A request that fails to be encoded. */
    private record Unencodable(Throwable failure) implements Request<String> {

        @Override
        public int encodedBytes() {
            return 100;
        }

        @Override
        public void encode(RequestWriter out) {
            out.writeByte('x');
            sneakyThrow(this.failure);
        }

        @Override
        public Decoder<String> decoder() {
            return NOOP.decoder();
        }

        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void sneakyThrow(Throwable failure) throws E {
            throw (E) failure;
        }

    }

    @Test
    void whereEncodingThrowsAnything() {
        ConnectionPool pool = connected();
        for (Throwable failure : new Throwable[] { BROKEN, new Exception("checked"), new StackOverflowError() }) {
            CompletableFuture<String> failed = pool.send(new Unencodable(failure));
            CompletableFuture<String> next = pool.send(NOOP);
            assertThatThrownBy(failed::join).hasCause(failure);
            assertThat(next.join()).isEqualTo("MN");
        }
        assertThat(this.server.totalConnections()).isEqualTo(1);
    }

    @Test
    void whereADecoderThrowsAnError() {
        ConnectionPool pool = connected();
        Request<String> undecodable = new Request<>() {

            @Override
            public int encodedBytes() {
                return 4;
            }

            @Override
            public void encode(RequestWriter out) {
                NOOP.encode(out);
            }

            @Override
            public Decoder<String> decoder() {
                return (in) -> {
                    throw BROKEN;
                };
            }

        };
        assertThatThrownBy(() -> pool.send(undecodable).join()).cause()
            .asInstanceOf(type(MemlinkConnectionException.class))
            .extracting(MemlinkException::outcome)
            .isEqualTo(Outcome.UNKNOWN);
        answersInTheEnd(pool);
    }

    @Test
    void whereTheMeaningOfAReplyThrowsAnError() {
        Function<String, String> meaning = (reply) -> {
            throw BROKEN;
        };
        ConnectionPool pool = connected();
        assertThatThrownBy(() -> pool.send(NOOP, meaning).join()).hasCause(BROKEN);
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
    }

    @Test
    void whereAnExecutorOfCallbacksThrowsAnError() {
        Executor broken = (task) -> {
            throw BROKEN;
        };
        ConnectionPool pool = connect(new LineProtocol(), LinkOptions.builder().poolSize(1).callbackExecutor(broken));
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
    }

    /** A protocol whose first greeting goes another way. */
    private static Protocol firstGreeting(Function<Link, CompletableFuture<?>> first) {
        AtomicInteger greetings = new AtomicInteger();
        return new Protocol() {

            @Override
            public CompletableFuture<?> greet(Link connection) {
                return (greetings.getAndIncrement() == 0) ? first.apply(connection)
                        : new LineProtocol().greet(connection);
            }

            @Override
            public Request<?> ping() {
                return NOOP;
            }

        };
    }

    @Test
    void whereAGreetingThrowsAnError() {
        ConnectionPool pool = connect(firstGreeting((connection) -> {
            throw BROKEN;
        }), LinkOptions.builder().poolSize(1));
        await().until(() -> pool.connections() == 1);
        assertThat(this.listener.connections).containsExactly("dialFailed", "connected");
    }

    @Test
    void whereARequestOfTheGreetingThrowsAnError() {
        ConnectionPool pool = connect(
                firstGreeting((connection) -> connection.send(new Unencodable(new OutOfMemoryError("no memory")))),
                LinkOptions.builder().poolSize(1));
        await().until(() -> pool.connections() == 1);
        assertThat(this.listener.connections).containsExactly("dialFailed", "connected");
    }

    @Test
    void whereAGreetingNeverEnds() {
        ConnectionPool pool = connect(firstGreeting((connection) -> new CompletableFuture<>()),
                LinkOptions.builder()
                    .poolSize(1)
                    .connectTimeout(Duration.ofMillis(250))
                    .handshakeTimeout(Duration.ofMillis(250)));
        await().until(() -> pool.connections() == 1);
        assertThat(this.listener.connections).containsExactly("dialFailed", "connected");
    }

    @Test
    void whereAListenerThrowsAnError() {
        LinkListener broken = new LinkListener() {

            @Override
            public void connected() {
                throw BROKEN;
            }

            @Override
            public void disconnected(MemlinkException cause) {
                throw BROKEN;
            }

            @Override
            public void ended(Request<?> request, @Nullable Object reply, @Nullable Throwable failure, long queuedNanos,
                    long wireNanos) {
                throw BROKEN;
            }

        };
        ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", this.server.port()), new LineProtocol(),
                LinkOptions.builder().poolSize(1).build(), this.resources, broken);
        this.pool = pool;
        assertThat(pool.send(NOOP).join()).isEqualTo("MN");
        this.server.closeConnections();
        answersInTheEnd(pool);
    }

}
