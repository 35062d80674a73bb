package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Losing one of three backends costs its share of hits, and nothing else: no other entry,
 * and no clear.
 */
@MemcachedTest(servers = 3)
class CacheLossIntegrationTests {

    private static final int KEYS = 1000;

    private static final int FEW = 60;

    /** A third, and a tenth of it for chance. */
    private static final int LEFT = (int) (KEYS * (1 - 0.34 * 1.1));

    private List<MemcachedProcess> servers;

    private SharedCaches application;

    @BeforeEach
    void connect(List<MemcachedProcess> servers) {
        this.servers = servers;
        this.application = new SharedCaches(servers, "products", "prices", "users");
    }

    @AfterEach
    void close() {
        this.application.close();
    }

    /**
     * Where the keys of a cache are is up to chance, since its generation is; of all
     * caches together, a backend has a third quite exactly.
     */
    private void assertHitsFor(Duration time, int atLeastOfEach, String when) {
        long end = System.nanoTime() + time.toNanos();
        List<Cache> caches = this.application.caches();
        do {
            int hits = caches.stream().mapToInt((cache) -> SharedCaches.hits(cache, KEYS)).sum();
            assertThat(hits).as("hits %s", when).isGreaterThanOrEqualTo(caches.size() * atLeastOfEach);
        }
        while (System.nanoTime() < end);
    }

    @Test
    void eachBackendThatIsKilledAndRestartedCostsItsShareOfHits() {
        for (MemcachedProcess server : this.servers) {
            this.application.fill(KEYS, "value");
            assertHitsFor(Duration.ZERO, KEYS, "while all is well");
            server.kill();
            assertHitsFor(Duration.ofMillis(800), LEFT, "after a backend was killed");
            server.restart();
            this.application.awaitUsed(3);
            assertHitsFor(Duration.ofMillis(800), LEFT, "after it was restarted");
        }
    }

    @Test
    void aBackendThatStandsStillCostsItsShareOfHits() {
        for (MemcachedProcess server : this.servers) {
            this.application.fill(KEYS, "value");
            server.pause();
            this.application.awaitUsed(2);
            assertHitsFor(Duration.ofMillis(500), LEFT, "while a backend stands still");
            server.resume();
            // It is used again little by little.
            for (Cache cache : this.application.caches()) {
                await().atMost(Duration.ofSeconds(20)).until(() -> SharedCaches.hits(cache, KEYS) == KEYS);
            }
        }
    }

    private void assertCleared(SharedCaches application, String when) {
        for (Cache cache : application.caches()) {
            assertThat(SharedCaches.hits(cache, FEW)).as("hits of %s %s", cache.getName(), when).isZero();
        }
    }

    private void assertClearedForAll(SharedCaches other, String when) {
        assertCleared(this.application, when);
        other.awaitLag();
        assertCleared(other, when + ", in another application");
        try (SharedCaches fresh = new SharedCaches(this.servers, "products", "prices", "users")) {
            assertCleared(fresh, when + ", in one that has just started");
        }
    }

    private void eachLossAndReturn(Consumer<MemcachedProcess> loss, Consumer<MemcachedProcess> end) {
        try (SharedCaches other = new SharedCaches(this.servers, "products", "prices", "users")) {
            for (MemcachedProcess server : this.servers) {
                this.application.fill(FEW, "value");
                this.application.caches().forEach(Cache::invalidate);
                loss.accept(server);
                this.application.awaitUsed(2);
                other.awaitUsed(2);
                assertCleared(this.application, "cleared before the loss");
                end.accept(server);
                this.application.awaitUsed(3);
                other.awaitUsed(3);
                assertClearedForAll(other, "cleared before the loss, after the end of it");

                this.application.fill(FEW, "value");
                loss.accept(server);
                this.application.awaitUsed(2);
                other.awaitUsed(2);
                this.application.caches().forEach(Cache::invalidate);
                assertCleared(this.application, "cleared during the loss");
                other.awaitLag();
                assertCleared(other, "cleared during the loss, in another application");
                end.accept(server);
                this.application.awaitUsed(3);
                other.awaitUsed(3);
                assertClearedForAll(other, "cleared during the loss, after the end of it");

                this.application.fill(FEW, "value");
                this.application.caches().forEach(Cache::invalidate);
                assertClearedForAll(other, "cleared after the loss");
            }
        }
    }

    @Test
    void noClearIsUndoneByABackendThatIsKilledAndRestarted() {
        eachLossAndReturn(MemcachedProcess::kill, MemcachedProcess::restart);
    }

    @Test
    void noClearIsUndoneByABackendThatStandsStillAndGoesOn() {
        eachLossAndReturn(MemcachedProcess::pause, MemcachedProcess::resume);
    }

}
