package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Expiration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Tests of reading many keys in a few requests. */
class BulkReadTests {

    private static final Expiration MINUTE = Expiration.after(Duration.ofMinutes(1));

    @ParameterizedTest
    @CsvSource({ "key-, get", "'key ', mn" })
    void eachKeyIsAHitOrAMissWhateverItsConnection(String prefix, String command) {
        try (EmbeddedMemcached first = EmbeddedMemcached.start();
                EmbeddedMemcached second = EmbeddedMemcached.start();
                MemlinkClient client = client(3, Duration.ofSeconds(10), first, second)) {
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 1777; i++) {
                keys.add(prefix + i);
                if (i % 3 == 0) {
                    client.set(prefix + i, new byte[i], MINUTE).join();
                }
            }
            long before = first.requests(command) + second.requests(command);
            BulkResult<byte[]> result = client.getAll(keys).join();
            assertThat(result.failures()).isEmpty();
            assertThat(result.hits()).hasSize(593).allSatisfy((key, value) -> {
                int index = Integer.parseInt(key.substring(prefix.length()));
                assertThat(index % 3).isZero();
                assertThat(value).hasSize(index);
            });
            assertThat(first.requests(command) + second.requests(command) - before).isBetween(18L, 30L);
        }
    }

    @Test
    void aConnectionThatLetsABatchTimeOutIsAskedForNoMore() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                MemlinkClient client = client(1, Duration.ofSeconds(1), server)) {
            await().until(() -> client.backends().get(0).state() == State.UP);
            List<String> keys = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                keys.add("key-" + i);
            }
            HoldFault held = Fault.hold();
            server.faults().next("get", held);
            CompletableFuture<BulkResult<byte[]>> reading = client.getAll(keys);
            BulkResult<byte[]> result = reading.join();
            held.release();
            assertThat(result.hits()).isEmpty();
            assertThat(result.failures()).hasSize(1000)
                .allSatisfy((key, failure) -> assertThat(failure).isInstanceOf(MemlinkTimeoutException.class));
            assertThat(result.failures().get("key-0").outcome()).isEqualTo(Outcome.UNKNOWN);
            assertThat(result.failures().get("key-999").outcome()).isEqualTo(Outcome.NOT_SENT);
        }
    }

    private static MemlinkClient client(int connections, Duration timeout, EmbeddedMemcached... servers) {
        List<String> backends = new ArrayList<>();
        for (EmbeddedMemcached server : servers) {
            backends.add("127.0.0.1:" + server.port());
        }
        return MemlinkClient.builder().backends(backends).poolSize(connections).requestTimeout(timeout).build();
    }

}
