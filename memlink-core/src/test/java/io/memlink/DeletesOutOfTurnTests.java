package io.memlink;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.Invalidation;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Expiration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deletes that end before it is their turn, because operations on their key that were
 * called before take too long: they are owed like all that were not sent.
 */
class DeletesOutOfTurnTests {

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("127.0.0.1:" + this.server.port())
        .requestTimeout(Duration.ofMillis(200))
        .build();

    /** A replace takes several requests, so what comes after it waits for its turn. */
    @BeforeEach
    void keepTheTurn() {
        this.client.set("k", new byte[] { 1 }, Expiration.never()).join();
        this.server.freeze();
        this.client.replace("k", new byte[] { 2 }, Expiration.never());
        // Has its turn when the replace has ended, and keeps it as long.
        this.client.get("k");
    }

    @AfterEach
    void close() {
        this.server.thaw();
        this.client.close();
        this.server.close();
    }

    @Test
    void anInvalidationIsJournalledIfItSaysSo() {
        assertThat(this.client.invalidate("k").join()).isEqualTo(Invalidation.JOURNALLED);
        assertThat(this.client.explain("k").journalled()).isTrue();
        assertThatItIsNotRead();
    }

    @Test
    void aDeleteThatFailsIsJournalled() {
        CompletableFuture<Boolean> delete = this.client.delete("k");
        await().until(delete::isDone);
        assertThat(delete).isCompletedExceptionally();
        assertThat(this.client.explain("k").journalled()).isTrue();
        assertThatItIsNotRead();
    }

    @Test
    void aDeleteThatIsCancelledIsJournalledWhenItsTurnComes() {
        this.client.delete("k").cancel(false);
        await().until(() -> this.client.explain("k").journalled());
        assertThatItIsNotRead();
    }

    private void assertThatItIsNotRead() {
        this.server.thaw();
        await().until(() -> this.client.get("k").handle((value, failure) -> {
            assertThat(value).isNull();
            return failure == null;
        }).join());
    }

}
