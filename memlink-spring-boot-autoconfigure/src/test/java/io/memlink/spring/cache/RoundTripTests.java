package io.memlink.spring.cache;

import java.time.Duration;

import io.memlink.cluster.BackendStatus;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How many requests each operation costs, once the generation of the cache is known.
 */
@EmbeddedMemcachedTest
class RoundTripTests {

    private EmbeddedMemcached server;

    private CacheTesting application;

    private MemlinkCache cache;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.server = server;
        open(MemlinkCacheConfiguration.builder());
    }

    @AfterEach
    void close() {
        this.application.close();
    }

    /** Nothing is asked ahead while a test runs. */
    private void open(MemlinkCacheConfigurationBuilder configuration) {
        this.application = CacheTesting.of(this.server, configuration.clearLag(Duration.ofHours(1)));
        this.cache = this.application.cache();
        this.cache.put("known", "value");
        assertThat(this.cache.get("known")).isNotNull();
    }

    private void assertRequests(int expected, Runnable operation) {
        awaitQuiet();
        long before = this.server.requests();
        operation.run();
        awaitQuiet();
        assertThat(this.server.requests() - before).isEqualTo(expected);
    }

    /** Operations do not wait for everything that they send. */
    private void awaitQuiet() {
        await().until(() -> {
            BackendStatus backend = this.application.client().backends().get(0);
            return backend.connections() == backend.poolSize() && backend.pendingBytes() == 0;
        });
    }

    @Test
    void aHitIsOneRequest() {
        assertRequests(1, () -> assertThat(this.cache.get("known", String.class)).isEqualTo("value"));
        assertRequests(1, () -> assertThat(this.cache.retrieve("known").join()).isNotNull());
        assertRequests(1, () -> assertThat(this.cache.get("known", () -> "other")).isEqualTo("value"));
    }

    @Test
    void aMissIsOneRequest() {
        assertRequests(1, () -> assertThat(this.cache.get("unknown")).isNull());
    }

    @Test
    void aPutIsOneRequest() {
        assertRequests(1, () -> this.cache.put("known", "other"));
        assertRequests(1, () -> this.cache.putIfAbsent("new", "value"));
    }

    @Test
    void anEvictionIsOneTrip() {
        assertRequests(1, () -> this.cache.evict("known"));
        // Looks besides whether it was a value, in the same trip.
        assertRequests(2, () -> this.cache.evictIfPresent("known"));
    }

    @Test
    void aMissThatIsFilledIsTwoRequests() {
        assertRequests(2, () -> {
            assertThat(this.cache.get("unknown")).isNull();
            this.cache.put("unknown", "value");
        });
        assertRequests(2, () -> assertThat(this.cache.get("loaded", () -> "value")).isEqualTo("value"));
    }

    @Test
    void aClearIsOneRequest() {
        assertRequests(1, () -> this.cache.clear());
    }

    @Test
    void aHitThatIsTouchedIsOneRequest() {
        this.application.close();
        open(MemlinkCacheConfiguration.builder().timeToIdle(Duration.ofMinutes(1)));
        assertRequests(1, () -> assertThat(this.cache.get("known")).isNotNull());
    }

    @Test
    void aHitInMemoryIsNone() {
        this.application.close();
        open(MemlinkCacheConfiguration.builder()
            .near(new NearCacheConfiguration(Duration.ofHours(1), 10, null, false)));
        assertRequests(0, () -> assertThat(this.cache.get("known")).isNotNull());
    }

    @Test
    void aStrictCacheAsksWithEachOperation() {
        this.application.close();
        this.application = CacheTesting.of(this.server, MemlinkCacheConfiguration.builder().clearLag(Duration.ZERO));
        this.cache = this.application.cache();
        this.cache.put("known", "value");
        assertRequests(2, () -> assertThat(this.cache.get("known")).isNotNull());
        assertRequests(2, () -> this.cache.put("known", "other"));
        assertRequests(2, () -> this.cache.evict("known"));
    }

}
