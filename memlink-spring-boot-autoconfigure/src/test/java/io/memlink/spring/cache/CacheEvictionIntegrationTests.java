package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.meta.Expiration;
import io.memlink.test.MemcachedProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that is full and evicts does not lose what is read all the time, to which the
 * generation of a cache belongs.
 */
class CacheEvictionIntegrationTests {

    private static final int HOT = 30;

    private static final int ROUNDS = 40;

    private static final int COLD = 2500;

    private static final int BATCH = 500;

    private static final String VALUE = "bolt M6 x 20 zinc plated, a hundred of them in a box";

    private final List<MemcachedProcess> servers = new ArrayList<>();

    @AfterEach
    void close() {
        this.servers.forEach(MemcachedProcess::close);
    }

    @Test
    void theOnlyServerIsFull() {
        this.servers.add(MemcachedProcess.start("-m", "2"));
        assertHotEntriesStay();
    }

    @Test
    void oneOfThreeServersIsFull() {
        this.servers.add(MemcachedProcess.start("-m", "2"));
        this.servers.add(MemcachedProcess.start());
        this.servers.add(MemcachedProcess.start());
        assertHotEntriesStay();
    }

    private void assertHotEntriesStay() {
        try (SharedCaches application = new SharedCaches(Duration.ofSeconds(5), this.servers, "products")) {
            Cache products = application.caches().get(0);
            ValueOperations<String> plain = application.client().with(Transcoder.text());
            int misses = 0;
            int plainMisses = 0;
            int id = HOT;
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < HOT; i++) {
                    if (products.get(i) == null) {
                        misses++;
                        products.put(i, VALUE + i);
                    }
                    if (plain.get("plain:" + i).join() == null) {
                        plainMisses++;
                        plain.set("plain:" + i, VALUE + i, Expiration.never()).join();
                    }
                }
                id = putCold(plain, id);
                application.awaitLag();
            }
            String evictions = this.servers.get(0).stats().get("evictions");
            assertThat(Long.parseLong(evictions)).as("evictions").isGreaterThan(1000);
            assertThat(misses).as("misses of hot keys; %s without a generation", plainMisses)
                .isLessThanOrEqualTo(2 * plainMisses);
        }
    }

    private static int putCold(ValueOperations<String> plain, int id) {
        int next = id;
        for (int batch = 0; batch < COLD / BATCH; batch++) {
            List<CompletableFuture<Void>> puts = new ArrayList<>();
            for (int i = 0; i < BATCH; i++) {
                // As long as the item of the generation, or as those of hot entries.
                String key = "cold:%014d".formatted(next++);
                puts.add(plain.set(key, (i % 2 == 0) ? key : VALUE, Expiration.never()));
            }
            puts.forEach(CompletableFuture::join);
        }
        return next;
    }

}
