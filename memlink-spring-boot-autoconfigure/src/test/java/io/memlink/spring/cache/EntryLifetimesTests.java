package io.memlink.spring.cache;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Set;

import io.memlink.meta.Expiration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EntryLifetimesTests {

    private static EntryLifetimes lifetimes(MemlinkCacheConfigurationBuilder configuration) {
        return new EntryLifetimes(configuration.build());
    }

    @Test
    void entriesStayUnlessToldOtherwise() {
        assertThat(lifetimes(MemlinkCacheConfiguration.builder()).of("key", "value")).isEqualTo(Expiration.never());
    }

    @Test
    void entriesAreNotLoadedAgainBeforeTheSecondHalfOfTheShortestLifetime() {
        MemlinkCacheConfigurationBuilder cache = MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofSeconds(60))
            .recacheBefore(Duration.ofSeconds(40));
        assertThat(lifetimes(cache).recacheBefore()).isEqualTo(Duration.ofSeconds(30));
        assertThat(lifetimes(cache.jitter(0.5)).recacheBefore()).isEqualTo(Duration.ofSeconds(15));
        assertThat(lifetimes(cache.nullTimeToLive(Duration.ofSeconds(10))).recacheBefore())
            .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatAFunctionCallsForeverIsAsLongAsThereCanBe() {
        EntryLifetimes lifetimes = lifetimes(MemlinkCacheConfiguration.builder()
            .timeToLiveFunction((key, value) -> ChronoUnit.FOREVER.getDuration())
            .staleFor(Duration.ofSeconds(30)));
        assertThat(lifetimes.of("key", "value")).isEqualTo(Expiration.after(Duration.ofDays(36_500).plusSeconds(30)));
    }

    @Test
    void jitterShortensAndNeverLengthens() {
        EntryLifetimes lifetimes = lifetimes(
                MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(100)).jitter(0.2));
        Set<Duration> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Duration timeToLive = lifetimes.of("key", "value").timeToLive();
            assertThat(timeToLive).isBetween(Duration.ofSeconds(80), Duration.ofSeconds(100));
            seen.add(timeToLive);
        }
        assertThat(seen).hasSizeGreaterThan(100);
    }

    @Test
    void theServerKeepsEntriesAsLongAsTheyMayBeReadStale() {
        EntryLifetimes lifetimes = lifetimes(MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofSeconds(60))
            .staleFor(Duration.ofSeconds(30))
            .recacheBefore(Duration.ofSeconds(5)));
        assertThat(lifetimes.of("key", "value")).isEqualTo(Expiration.after(Duration.ofSeconds(90)));
        assertThat(lifetimes.recacheBelow()).isEqualTo(Duration.ofSeconds(35));
        assertThat(lifetimes.isStale(Duration.ofSeconds(31))).isFalse();
        assertThat(lifetimes.isStale(Duration.ofSeconds(29))).isTrue();
        assertThat(lifetimes.isStale(null)).isFalse();
    }

    @Test
    void refusesWhatAFunctionMustNotSay() {
        EntryLifetimes lifetimes = lifetimes(
                MemlinkCacheConfiguration.builder().timeToLiveFunction((key, value) -> Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> lifetimes.of("key", "value"))
            .withMessage("timeToLive: PT0S (expected: more than zero)");
    }

}
