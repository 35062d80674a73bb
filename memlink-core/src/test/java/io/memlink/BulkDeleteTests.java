package io.memlink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.Outcome;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of keys that wait for room while the others of their operation fail.
 */
class BulkDeleteTests {

    private static final int KEYS = 100;

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("127.0.0.1:" + this.server.port())
        .requestTimeout(Duration.ofMillis(500))
        .maxInFlight(8)
        .build();

    @AfterEach
    void close() {
        this.client.close();
        this.server.close();
    }

    private static Map<String, byte[]> values(String value) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.put("key-" + i, value.getBytes(StandardCharsets.US_ASCII));
        }
        return values;
    }

    private Set<String> read(Map<String, byte[]> values) {
        return this.client.blocking().getAll(values.keySet()).hits().keySet();
    }

    /** Nothing is read now, nor left once all has been delivered. */
    private void assertNothingIsRead(Map<String, byte[]> values) {
        assertThat(read(values)).isEmpty();
        await().until(() -> this.client.backends().get(0).journalDepth() == 0);
        assertThat(read(values)).isEmpty();
        assertThat(this.server.items()).isEmpty();
    }

    @Test
    void aDeleteThatWaitedForRoomIsOwedLikeThoseThatWereSent() {
        Map<String, byte[]> values = values("old");
        assertThat(this.client.blocking().setAll(values, Expiration.never()).failures()).isEmpty();
        this.server.faults().always("md", Fault.ignoreRequest());
        BulkWriteResult deleted = this.client.blocking().deleteAll(values.keySet());
        assertThat(deleted.failures()).hasSize(KEYS);
        assertThat(deleted.failures().values()).extracting((failure) -> failure.outcome()).contains(Outcome.NOT_SENT);
        this.server.faults().clear();
        await().until(() -> this.client.blocking().getAll(List.copyOf(values.keySet())).failures().isEmpty());
        assertNothingIsRead(values);
    }

    @Test
    void soIsOneThatWaitsWhenTheOperationIsCancelled() {
        Map<String, byte[]> values = values("old");
        assertThat(this.client.blocking().setAll(values, Expiration.never()).failures()).isEmpty();
        HoldFault hold = Fault.hold();
        this.server.faults().next("md", hold);
        CompletableFuture<BulkWriteResult> deleted = this.client.deleteAll(values.keySet());
        await().until(hold::reached);
        deleted.cancel(false);
        assertThat(this.client.backends().get(0).journalDepth()).isEqualTo(KEYS);
        hold.release();
        assertNothingIsRead(values);
    }

    @Test
    void whatACancelledOperationStoresIsNotRead() {
        Map<String, byte[]> values = values("new");
        HoldFault hold = Fault.hold();
        this.server.faults().next("ms", hold);
        CompletableFuture<BulkWriteResult> stored = this.client.setAll(values, Expiration.never());
        await().until(hold::reached);
        stored.cancel(false);
        hold.release();
        await().until(() -> this.client.backends().get(0).inFlight() == 0);
        assertNothingIsRead(values);
        assertThat(this.server.requests("ms")).isLessThan(KEYS);
    }

    @Test
    void norIsWhatItStoresOnlyOnceItsKeysAreDeleted() {
        LateEncoding encoding = new LateEncoding();
        Map<String, byte[]> values = values("new");
        CompletableFuture<BulkWriteResult> storing = this.client.with(encoding).setAll(values, Expiration.never());
        await().until(encoding.reached::isDone);
        storing.cancel(false);
        await().until(() -> this.client.backends().get(0).journalDepth() == 0);
        Set<String> stored = read(values);
        long deletes = this.server.requests("md");
        encoding.goesOn.complete(null);
        await().until(() -> this.server.requests("md") > deletes);
        assertThat(read(values)).isSubsetOf(stored);
        await().until(() -> this.client.backends().get(0).journalDepth() == 0);
        assertThat(read(values)).isSubsetOf(stored);
    }

    /**
     * Values of which not all are kept encoded; stops where the first is encoded anew, to
     * be sent.
     */
    private static final class LateEncoding implements Transcoder<byte[]> {

        private final AtomicInteger encoded = new AtomicInteger();

        private final CompletableFuture<Void> reached = new CompletableFuture<>();

        private final CompletableFuture<Void> goesOn = new CompletableFuture<>();

        @Override
        public EncodedValue encode(byte[] value) {
            if (this.encoded.getAndIncrement() == KEYS) {
                this.reached.complete(null);
                this.goesOn.join();
            }
            return new EncodedValue(new byte[50_000], 0);
        }

        @Override
        public byte[] decode(EncodedValue value) {
            return value.data();
        }

    }

}
