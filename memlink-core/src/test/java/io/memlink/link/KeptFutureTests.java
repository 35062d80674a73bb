package io.memlink.link;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Futures that are kept do not keep the bytes of their requests.
 */
class KeptFutureTests {

    /** A request of its own class, so that nothing else refers to it. */
    private record Large(byte[] bytes) implements Request<String> {

        @Override
        public int encodedBytes() {
            return this.bytes.length;
        }

        @Override
        public void encode(RequestWriter out) {
            out.writeBytes(new byte[] { 'm', 'n', '\r', '\n' });
        }

        @Override
        public Decoder<String> decoder() {
            return (in) -> in.readLine() ? "reply to " + this.bytes.length : null;
        }

    }

    private final List<CompletableFuture<String>> kept = new ArrayList<>();

    private WeakReference<byte[]> send(ConnectionPool pool) {
        byte[] bytes = new byte[10_000];
        this.kept.add(pool.send(new Large(bytes), (reply) -> reply + bytes.length));
        return new WeakReference<>(bytes);
    }

    private static void assertCollected(WeakReference<byte[]> bytes) {
        await().until(() -> {
            System.gc();
            return bytes.get() == null;
        });
    }

    @Test
    void whateverTheirEnd() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                LinkResources resources = new LinkResources(1, 1 << 20)) {
            ConnectionPool pool = new ConnectionPool(new Endpoint("127.0.0.1", server.port()), new LineProtocol(),
                    LinkOptions.builder().poolSize(1).requestTimeout(Duration.ofMillis(300)).build(), resources);
            await().until(() -> pool.connections() == 1);
            WeakReference<byte[]> answered = send(pool);
            assertThat(this.kept.get(0).join()).isNotNull();
            server.faults().next("mn", Fault.hold());
            WeakReference<byte[]> timedOut = send(pool);
            WeakReference<byte[]> lost = send(pool);
            await().until(() -> this.kept.get(2).isDone());
            await().until(() -> pool.pending() == 0);
            pool.close(Duration.ZERO).join();
            WeakReference<byte[]> refused = send(pool);
            assertThat(this.kept).allMatch(CompletableFuture::isDone);
            List.of(answered, timedOut, lost, refused).forEach(KeptFutureTests::assertCollected);
            assertThat(this.kept).hasSize(4);
        }
    }

}
