package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clears on servers that keep no CAS tokens.
 */
@MemcachedTest(servers = 3, arguments = "-C")
class CacheWithoutCasIntegrationTests {

    private static final int KEYS = 30;

    @Test
    void clearsAreSeenByAll(List<MemcachedProcess> servers) {
        try (SharedCaches here = new SharedCaches(Duration.ofSeconds(5), servers, "things");
                SharedCaches elsewhere = new SharedCaches(Duration.ofSeconds(5), servers, "things")) {
            Cache things = elsewhere.caches().get(0);
            for (int i = 0; i < 3; i++) {
                // Just after a clear, both may have raised the same copy.
                await().until(() -> {
                    here.fill(KEYS, "value");
                    return SharedCaches.hits(things, KEYS) == KEYS;
                });
                here.caches().get(0).invalidate();
                elsewhere.awaitLag();
                assertThat(SharedCaches.hits(things, KEYS)).isZero();
            }
        }
    }

}
