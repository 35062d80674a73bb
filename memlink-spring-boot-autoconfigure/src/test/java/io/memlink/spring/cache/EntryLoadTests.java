package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.meta.Expiration;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.cache.Cache.ValueRetrievalException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * What synchronized methods get, on a server whose clock the tests move.
 */
class EntryLoadTests extends AgingCache {

    private final AtomicInteger loads = new AtomicInteger();

    private String load(String value) {
        return this.cache.get("key", () -> {
            this.loads.incrementAndGet();
            return value;
        });
    }

    private long count(Count count) {
        return this.cache.getStatistics().get(count);
    }

    @Test
    void loadsAndCounts() {
        open(MemlinkCacheConfiguration.builder());
        long misses = count(Count.MISSES);
        assertThat(load("value")).isEqualTo("value");
        assertThat(load("other")).isEqualTo("value");
        assertThat(count(Count.MISSES)).isEqualTo(misses + 1);
        assertThat(count(Count.HITS)).isOne();
        assertThat(count(Count.PUTS)).isOne();
    }

    @Test
    void whatIsStaleIsReturnedWhileItIsLoadedAgain() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(60)).staleFor(Duration.ofSeconds(30)));
        load("old");
        waitFor(Duration.ofSeconds(70));
        assertThat(load("new")).isEqualTo("old");
        await().until(() -> "new".equals(load("newer")));
        assertThat(this.loads).hasValue(2);
        assertThat(count(Count.STALE_HITS)).isPositive();
    }

    @Test
    void whatWillSoonExpireIsLoadedAhead() {
        open(MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofSeconds(60))
            .recacheBefore(Duration.ofSeconds(20)));
        load("old");
        waitFor(Duration.ofSeconds(50));
        assertThat(load("new")).isEqualTo("old");
        await().until(() -> "new".equals(load("newer")));
        assertThat(count(Count.STALE_HITS)).isZero();
    }

    @Test
    void aStaleValueTakesThePlaceOfAFailureWhereAsked() {
        open(MemlinkCacheConfiguration.builder()
            .staleFor(Duration.ofSeconds(30))
            .softEvict(true)
            .serveStaleOnError(true));
        load("old");
        this.cache.evict("key");
        String value = this.cache.get("key", () -> {
            throw new IllegalStateException("failed");
        });
        assertThat(value).isEqualTo("old");
        assertThat(count(Count.FAILURES)).isZero();
        assertThat(load("new")).isEqualTo("new");
    }

    @Test
    void whatFailsToLoadInTheBackgroundStaysUsable() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(60)).staleFor(Duration.ofSeconds(30)));
        load("old");
        waitFor(Duration.ofSeconds(70));
        for (int i = 1; i <= 3; i++) {
            int failures = i;
            await().until(() -> {
                assertThat(this.cache.<String>get("key", () -> {
                    throw new IllegalStateException("failed");
                })).isEqualTo("old");
                return count(Count.REFRESH_FAILURES) >= failures;
            });
        }
        await().until(() -> "new".equals(load("new")));
    }

    @Test
    @Timeout(20)
    void aLoadSlowerThanItsLeaseIsStoredIfNobodyElseHas() {
        open(MemlinkCacheConfiguration.builder());
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> slow = this.cache.retrieve("key", () -> loading);
        await().until(() -> loading.getNumberOfDependents() > 0);
        waitFor(Duration.ofSeconds(60));
        loading.complete("slow");
        assertThat(slow.join()).isEqualTo("slow");
        assertThat(load("other")).isEqualTo("slow");
    }

    @Test
    @Timeout(20)
    void anotherApplicationLoadsAndStoresOnceALeaseIsOver() {
        open(MemlinkCacheConfiguration.builder());
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> slow = this.cache.retrieve("key", () -> loading);
        await().until(() -> loading.getNumberOfDependents() > 0);
        waitFor(Duration.ofSeconds(12));
        try (CacheTesting other = CacheTesting.of(this.server, MemlinkCacheConfiguration.builder())) {
            assertThat(other.cache().get("key", () -> "fast")).isEqualTo("fast");
        }
        loading.complete("slow");
        assertThat(slow.join()).isEqualTo("slow");
        assertThat(load("other")).isEqualTo("fast");
        assertThat(count(Count.REFUSED_PUTS)).isOne();
    }

    @Test
    void aFailureIsNotCached() {
        open(MemlinkCacheConfiguration.builder());
        assertThatExceptionOfType(ValueRetrievalException.class).isThrownBy(() -> this.cache.get("key", () -> {
            throw new IllegalStateException("failed");
        })).withCauseInstanceOf(IllegalStateException.class);
        assertThat(load("value")).isEqualTo("value");
        assertThat(load("other")).isEqualTo("value");
    }

    @Test
    void whatIsEvictedWhileItIsLoadedIsNotStored() {
        open(MemlinkCacheConfiguration.builder());
        String loaded = this.cache.get("key", () -> {
            this.cache.evict("key");
            return "before the eviction";
        });
        assertThat(loaded).isEqualTo("before the eviction");
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void whatCannotBeEncodedIsReturnedAllTheSame() {
        open(MemlinkCacheConfiguration.builder());
        assertThat(load("lone \ud800")).isEqualTo("lone \ud800");
        assertThat(count(Count.FAILURES)).isOne();
        assertThat(load("value")).isEqualTo("value");
        assertThat(load("other")).isEqualTo("value");
    }

    @Test
    void whatCannotBeDecodedIsLoadedAndReplaced() {
        open(MemlinkCacheConfiguration.builder());
        load("old");
        this.application.client().blocking().set(this.application.item("key"), new byte[] { 1 }, Expiration.never());
        assertThat(load("new")).isEqualTo("new");
        assertThat(count(Count.DECODE_FAILURES)).isOne();
        assertThat(load("newer")).isEqualTo("new");
    }

    @Test
    void nullIsLoadedAgainWhereItIsNotCached() {
        open(MemlinkCacheConfiguration.builder().cacheNullValues(false));
        assertThat(load(null)).isNull();
        assertThat(load(null)).isNull();
        assertThat(this.loads).hasValue(2);
        assertThat(this.cache.retrieve("key", () -> CompletableFuture.completedFuture(null)).join()).isNull();
    }

    @Test
    void lifetimesDependOnWhatWasLoaded() {
        open(MemlinkCacheConfiguration.builder()
            .nullTimeToLive(Duration.ofSeconds(10))
            .timeToLiveFunction((key, value) -> Duration.ofSeconds(value.toString().length())));
        assertThat(load(null)).isNull();
        waitFor(Duration.ofSeconds(12));
        assertThat(load("0123456789")).isEqualTo("0123456789");
        waitFor(Duration.ofSeconds(8));
        assertThat(load("other")).isEqualTo("0123456789");
        waitFor(Duration.ofSeconds(4));
        assertThat(load("other")).isEqualTo("other");
    }

    @Test
    void whatIsInMemoryNeedsNoServer() {
        open(MemlinkCacheConfiguration.builder()
            .near(new NearCacheConfiguration(Duration.ofHours(1), 100, null, false)));
        assertThat(load("value")).isEqualTo("value");
        assertThat(load("other")).isEqualTo("value");
        assertThat(load("other")).isEqualTo("value");
        assertThat(this.cache.retrieve("key", () -> CompletableFuture.completedFuture("other")).join())
            .isEqualTo("value");
        assertThat(count(Count.NEAR_HITS)).isEqualTo(2);
        assertThat(this.loads).hasValue(1);
    }

    @Test
    void aReadKeepsAnEntryFromExpiring() {
        open(MemlinkCacheConfiguration.builder().timeToIdle(Duration.ofSeconds(30)));
        load("value");
        for (int i = 0; i < 5; i++) {
            waitFor(Duration.ofSeconds(20));
            assertThat(load("other")).isEqualTo("value");
        }
        waitFor(Duration.ofSeconds(32));
        assertThat(load("other")).isEqualTo("other");
    }

    @Test
    void nobodyWaitsForOtherApplicationsWithoutLeases() {
        open(MemlinkCacheConfiguration.builder().lease(false));
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> slow = this.cache.retrieve("key", () -> loading);
        await().until(() -> this.server.requests("mg") > 2);
        try (CacheTesting other = CacheTesting.of(this.server, MemlinkCacheConfiguration.builder().lease(false))) {
            assertThat(other.cache().get("key", () -> "fast")).isEqualTo("fast");
        }
        loading.complete("slow");
        assertThat(slow.join()).isEqualTo("slow");
        assertThat(load("other")).isEqualTo("slow");
    }

    @Test
    void nobodyWaitsForLongerThanAllowed() {
        open(MemlinkCacheConfiguration.builder().leaseMaxWait(Duration.ofMillis(50)));
        CompletableFuture<String> loading = new CompletableFuture<>();
        CompletableFuture<String> slow = this.cache.retrieve("key", () -> loading);
        await().until(() -> this.server.requests("mg") > 2);
        MemlinkCacheConfigurationBuilder impatient = MemlinkCacheConfiguration.builder()
            .leaseMaxWait(Duration.ofMillis(50));
        try (CacheTesting other = CacheTesting.of(this.server, impatient)) {
            assertThat(other.cache().get("key", () -> "fast")).isEqualTo("fast");
        }
        loading.complete("slow");
        assertThat(slow.join()).isEqualTo("slow");
    }

}
