package io.memlink;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkException;
import io.memlink.meta.Expiration;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * 50,000 keys at once, on three real servers.
 */
@MemcachedTest(servers = 3)
class BulkIntegrationTests {

    private static final int KEYS = 50_000;

    /** Far more than one request may take, far less than all of them one by one. */
    private static final long DEADLINE_SECONDS = 20;

    private final Map<String, String> values = new LinkedHashMap<>();

    private MemlinkClient client;

    private ValueOperations<String> text;

    private List<MemcachedProcess> servers;

    @BeforeEach
    void fill(MemcachedProcess first, MemcachedProcess second, MemcachedProcess third) throws Exception {
        this.servers = List.of(first, second, third);
        for (int i = 0; i < KEYS; i++) {
            this.values.put("key-" + i, "value-" + i);
        }
        this.client = MemlinkClient.builder()
            .backends(this.servers.stream().map((server) -> "127.0.0.1:" + server.port()).toList())
            .requestTimeout(Duration.ofSeconds(4))
            .build();
        await().until(() -> this.client.backends().stream().allMatch((backend) -> backend.state() == State.UP));
        this.text = this.client.with(Transcoder.text());
        BulkWriteResult stored = this.text.setAll(this.values, Expiration.never()).get(60, TimeUnit.SECONDS);
        assertThat(stored.done()).hasSize(KEYS);
        assertThat(stored.failures()).isEmpty();
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    private int items(int server) {
        return Integer.parseInt(this.servers.get(server).stats().get("curr_items"));
    }

    @Test
    void aDeadBackendCostsExactlyItsOwnKeys() throws Exception {
        int lost = items(1);
        this.servers.get(1).kill();
        BulkResult<String> result = this.text.getAll(this.values.keySet()).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(lost).isPositive();
        assertThat(result.failures()).hasSize(lost)
            .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(MemlinkConnectionException.class));
        assertThat(result.hits()).hasSize(KEYS - lost)
            .allSatisfy((key, value) -> assertThat(value).isEqualTo(this.values.get(key)));
        BulkWriteResult deleted = this.client.deleteAll(this.values.keySet()).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(deleted.done()).isEqualTo(result.hits().keySet());
        assertThat(deleted.failures()).containsOnlyKeys(result.failures().keySet());
        assertThat(items(0) + items(2)).isZero();
    }

    @Test
    void aBackendThatStandsStillCostsExactlyItsOwnKeys() throws Exception {
        int lost = items(1);
        this.servers.get(1).pause();
        BulkResult<String> result = this.text.getAll(this.values.keySet()).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(result.failures()).hasSize(lost)
            .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(MemlinkException.class));
        assertThat(result.hits()).hasSize(KEYS - lost);
    }

}
