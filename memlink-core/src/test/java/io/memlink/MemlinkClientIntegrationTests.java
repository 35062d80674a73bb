package io.memlink;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.Outcome;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

/**
 * The operations of the client, against two real servers.
 */
@MemcachedTest(servers = 2)
class MemlinkClientIntegrationTests {

    private static final Expiration MINUTE = Expiration.after(Duration.ofMinutes(1));

    private MemlinkClient client;

    private BlockingValueOperations<String> text;

    @BeforeEach
    void connect(MemcachedProcess first, MemcachedProcess second) {
        this.client = MemlinkClient.builder().backends(address(first), address(second)).build();
        this.text = this.client.blocking().with(Transcoder.text());
        await().until(() -> this.client.backends().stream().allMatch((backend) -> backend.state() == State.UP));
    }

    private static String address(MemcachedProcess server) {
        return "127.0.0.1:" + server.port();
    }

    @AfterEach
    void close() {
        this.client.close();
    }

    @Test
    void readsWhatWasSet() {
        assertThat(this.text.get("greeting")).isNull();
        this.text.set("greeting", "hello", MINUTE);
        assertThat(this.text.get("greeting")).isEqualTo("hello");
    }

    @Test
    void readsManyOfTheLongestKeysAtOnce() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            String key = "k".repeat(Key.MAX_BYTES - 4) + (1000 + i);
            keys.add(key);
            if (i % 2 == 0) {
                this.text.set(key, "value-" + i, MINUTE);
            }
        }
        BulkResult<String> result = this.text.getAll(keys);
        assertThat(result.failures()).isEmpty();
        assertThat(result.hits()).hasSize(500)
            .allSatisfy((key, value) -> assertThat(value)
                .isEqualTo("value-" + (Integer.parseInt(key.substring(Key.MAX_BYTES - 4)) - 1000)));
    }

    @Test
    void keepsAnyBytesUnderAnyKey() {
        byte[] value = "a\r\nEN\r\n\0 b".getBytes(StandardCharsets.ISO_8859_1);
        for (String key : List.of("plain", "with space", "line\r\nflush_all\r\n", "\u00fcml\u00e4ut", "\ud83d\ude00")) {
            this.client.blocking().set(key, value, MINUTE);
        }
        for (String key : List.of("plain", "with space", "line\r\nflush_all\r\n", "\u00fcml\u00e4ut", "\ud83d\ude00")) {
            assertThat(this.client.blocking().get(key)).as(key).isEqualTo(value);
        }
    }

    @Test
    void addsOnlyWhereThereIsNothing() {
        assertThat(this.text.replace("key", "0", MINUTE)).isFalse();
        assertThat(this.text.add("key", "1", MINUTE)).isTrue();
        assertThat(this.text.add("key", "2", MINUTE)).isFalse();
        assertThat(this.text.replace("key", "3", MINUTE)).isTrue();
        assertThat(this.text.get("key")).isEqualTo("3");
    }

    @Test
    void comparesBeforeItSets() {
        assertThat(this.text.compareAndSet("key", "1", MINUTE, 1)).isEqualTo(CasResult.NOT_FOUND);
        this.text.set("key", "1", MINUTE);
        Item<String> item = this.text.getItem("key");
        assertThat(item.timeToLive()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
        assertThat(this.text.compareAndSet("key", "2", MINUTE, item.casToken())).isEqualTo(CasResult.STORED);
        assertThat(this.text.compareAndSet("key", "3", MINUTE, item.casToken())).isEqualTo(CasResult.EXISTS);
        assertThat(this.text.get("key")).isEqualTo("2");
    }

    @Test
    void extendsValues() {
        assertThat(this.text.append("key", "c")).isFalse();
        this.text.set("key", "b", Expiration.never());
        assertThat(this.text.append("key", "c")).isTrue();
        assertThat(this.text.prepend("key", "a")).isTrue();
        assertThat(this.text.get("key")).isEqualTo("abc");
        assertThat(this.text.getItem("key").timeToLive()).isNull();
    }

    @Test
    void deletesAndTouches() {
        assertThat(this.client.blocking().delete("key")).isFalse();
        assertThat(this.client.blocking().touch("key", MINUTE)).isFalse();
        this.text.set("key", "value", Expiration.never());
        assertThat(this.client.blocking().touch("key", MINUTE)).isTrue();
        assertThat(this.text.getItem("key").timeToLive()).isNotNull();
        assertThat(this.text.getAndTouch("key", Expiration.never())).isEqualTo("value");
        assertThat(this.text.getItem("key").timeToLive()).isNull();
        assertThat(this.client.blocking().delete("key")).isTrue();
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void countsUnsigned() {
        assertThat(this.client.blocking().increment("key", 1)).isNull();
        assertThat(this.client.blocking().increment("key", 1, 5, MINUTE)).isEqualTo(5);
        assertThat(this.client.blocking().increment("key", 10)).isEqualTo(15);
        assertThat(this.client.blocking().decrement("key", 6)).isEqualTo(9);
        assertThat(this.client.blocking().decrement("key", 100)).isZero();
        assertThat(this.client.blocking().decrement("other", 1, -1, MINUTE)).isEqualTo(-1);
        this.text.set("key", "seven", MINUTE);
        assertThatThrownBy(() -> this.client.blocking().increment("key", 1))
            .asInstanceOf(type(MemlinkServerException.class))
            .extracting(MemlinkServerException::reason)
            .isEqualTo(MemlinkServerException.Reason.NOT_NUMERIC);
        assertThat(this.text.get("key")).isEqualTo("seven");
    }

    @Test
    void readsManyKeysFromAllBackends(MemcachedProcess first, MemcachedProcess second) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            keys.add("key-" + i);
            if (i % 2 == 0) {
                this.text.set("key-" + i, "value-" + i, MINUTE);
            }
        }
        BulkResult<String> result = this.text.getAll(keys);
        assertThat(result.failures()).isEmpty();
        assertThat(result.hits()).hasSize(2500).containsEntry("key-4998", "value-4998");
        assertThat(Integer.parseInt(first.stats().get("curr_items"))).isPositive();
        assertThat(Integer.parseInt(second.stats().get("curr_items"))).isPositive();
    }

    @Test
    void aBackendThatIsDownCostsOnlyItsOwnKeys(MemcachedProcess first, MemcachedProcess second) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            keys.add("key-" + i);
            this.text.set("key-" + i, "value-" + i, MINUTE);
        }
        second.kill();
        await().until(() -> this.client.backends().get(1).state() == State.DOWN);
        BulkResult<String> result = this.text.getAll(keys);
        assertThat(result.hits()).isNotEmpty();
        assertThat(result.failures()).isNotEmpty();
        assertThat(result.hits().size() + result.failures().size()).isEqualTo(100);
        assertThat(result.failures().values()).allSatisfy((failure) -> {
            assertThat(failure).isInstanceOf(MemlinkConnectionException.class);
            assertThat(failure.outcome()).isEqualTo(Outcome.NOT_SENT);
        });
        second.restart();
        await().until(() -> this.client.backends().get(1).state() == State.UP);
        assertThat(this.text.getAll(keys).failures()).isEmpty();
    }

    @Test
    void refusesWhatCannotBeSentInTheCallersThread() {
        assertThatThrownBy(() -> this.text.get("")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("key: \"\"");
        assertThatThrownBy(() -> this.client.get("x".repeat(251))).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("at most 250 bytes");
        assertThatThrownBy(() -> this.client.get("a\ud800")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aValueTooLargeForTheServerIsRefusedAndLeavesNothing() {
        this.text.set("key", "old", MINUTE);
        byte[] large = new byte[2 * 1024 * 1024];
        assertThatThrownBy(() -> this.client.blocking().set("key", large, MINUTE))
            .asInstanceOf(type(MemlinkServerException.class))
            .extracting(MemlinkServerException::reason)
            .isEqualTo(MemlinkServerException.Reason.TOO_LARGE);
        assertThat(this.text.get("key")).isNull();
    }

}
