package io.memlink;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.Outcome;
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

    @Test
    void aDeleteThatWaitedForRoomIsOwedLikeThoseThatWereSent() {
        Map<String, byte[]> values = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.put("key-" + i, "old".getBytes());
        }
        assertThat(this.client.blocking().setAll(values, Expiration.never()).failures()).isEmpty();
        this.server.faults().always("md", Fault.ignoreRequest());
        BulkWriteResult deleted = this.client.blocking().deleteAll(values.keySet());
        assertThat(deleted.failures()).hasSize(KEYS);
        assertThat(deleted.failures().values()).extracting((failure) -> failure.outcome()).contains(Outcome.NOT_SENT);
        this.server.faults().clear();
        await().until(() -> this.client.blocking().getAll(List.copyOf(values.keySet())).failures().isEmpty());
        assertThat(this.client.blocking().getAll(List.copyOf(values.keySet())).hits()).isEmpty();
        await().until(() -> this.client.backends().get(0).journalDepth() == 0);
        assertThat(this.server.items()).isEmpty();
    }

}
