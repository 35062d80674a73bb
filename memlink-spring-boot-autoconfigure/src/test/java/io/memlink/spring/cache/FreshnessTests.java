package io.memlink.spring.cache;

import java.time.Duration;

import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What readers get of entries that grow old, on a server whose clock the tests move.
 */
class FreshnessTests extends AgingCache {

    private String read(String key) {
        return this.cache.get(key, String.class);
    }

    @Test
    void entriesExpire() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(30)));
        this.cache.put("key", "value");
        waitFor(Duration.ofSeconds(28));
        assertThat(read("key")).isEqualTo("value");
        waitFor(Duration.ofSeconds(4));
        assertThat(read("key")).isNull();
    }

    @Test
    void entriesExpireSomeTimeAfterTheyWereRead() {
        open(MemlinkCacheConfiguration.builder().timeToIdle(Duration.ofSeconds(30)));
        this.cache.put("key", "value");
        for (int i = 0; i < 5; i++) {
            waitFor(Duration.ofSeconds(20));
            assertThat(read("key")).isEqualTo("value");
        }
        waitFor(Duration.ofSeconds(32));
        assertThat(read("key")).isNull();
    }

    @Test
    void entriesLiveAsLongAsIsSetWhenTheyArePut() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofMinutes(10)));
        this.cache.put("before", "value");
        this.application.manager().reconfigure("things", (settings) -> settings.timeToLive(Duration.ofSeconds(30)));
        this.cache.put("after", "value");
        assertThat(this.cache.get("loaded", () -> "value")).isEqualTo("value");
        waitFor(Duration.ofSeconds(28));
        assertThat(read("after")).isEqualTo("value");
        waitFor(Duration.ofSeconds(4));
        assertThat(read("after")).isNull();
        assertThat(read("loaded")).isNull();
        assertThat(read("before")).isEqualTo("value");
    }

    @Test
    void entriesCanBeReadStaleFromTheMomentThatIsSet() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(10)));
        this.cache.reconfigure((settings) -> settings.staleFor(Duration.ofSeconds(30)));
        this.cache.put("key", "old");
        waitFor(Duration.ofSeconds(20));
        assertThat(read("key")).as("the first reader loads it again").isNull();
        assertThat(read("key")).isEqualTo("old");
    }

    @Test
    void nullExpiresEarlier() {
        open(MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofMinutes(10))
            .nullTimeToLive(Duration.ofSeconds(10)));
        this.cache.put("nothing", null);
        this.cache.put("something", "value");
        assertThat(this.cache.get("nothing")).isNotNull();
        waitFor(Duration.ofSeconds(12));
        assertThat(this.cache.get("nothing")).isNull();
        assertThat(read("something")).isEqualTo("value");
    }

    @Test
    void aFunctionDecidesByKeyAndValue() {
        open(MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofMinutes(10))
            .timeToLiveFunction(
                    (key, value) -> "short".equals(key) ? Duration.ofSeconds(value.toString().length()) : null));
        this.cache.put("short", "five!");
        this.cache.put("long", "five!");
        waitFor(Duration.ofSeconds(7));
        assertThat(read("short")).isNull();
        assertThat(read("long")).isEqualTo("five!");
    }

    @Test
    void oneReaderOfAnEntryPastItsTimeLoadsItWhileOthersStillFindIt() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(60)).staleFor(Duration.ofSeconds(30)));
        this.cache.put("key", "old");
        assertThat(read("key")).isEqualTo("old");
        assertThat(this.cache.getStatistics().get(Count.STALE_HITS)).isZero();
        waitFor(Duration.ofSeconds(70));
        assertThat(read("key")).isNull();
        assertThat(read("key")).isEqualTo("old");
        assertThat(this.cache.retrieve("key").join()).isNotNull();
        assertThat(this.cache.getStatistics().get(Count.STALE_HITS)).isEqualTo(2);
        this.cache.put("key", "new");
        assertThat(read("key")).isEqualTo("new");
        assertThat(read("key")).isEqualTo("new");
    }

    @Test
    void anEntryThatNobodyLoadsAgainEnds() {
        open(MemlinkCacheConfiguration.builder().timeToLive(Duration.ofSeconds(60)).staleFor(Duration.ofSeconds(30)));
        this.cache.put("key", "old");
        waitFor(Duration.ofSeconds(92));
        assertThat(read("key")).isNull();
        assertThat(read("key")).isNull();
    }

    @Test
    void oneReaderLoadsAnEntryBeforeItEnds() {
        open(MemlinkCacheConfiguration.builder()
            .timeToLive(Duration.ofSeconds(60))
            .recacheBefore(Duration.ofSeconds(20)));
        this.cache.put("key", "old");
        waitFor(Duration.ofSeconds(30));
        assertThat(read("key")).isEqualTo("old");
        waitFor(Duration.ofSeconds(20));
        assertThat(read("key")).isNull();
        assertThat(read("key")).isEqualTo("old");
        assertThat(this.cache.getStatistics().get(Count.STALE_HITS)).isZero();
    }

    @Test
    void whatIsEvictedSoftlyIsFoundUntilItWasLoadedAgain() {
        open(MemlinkCacheConfiguration.builder().staleFor(Duration.ofSeconds(30)).softEvict(true));
        this.cache.put("key", "old");
        this.cache.evict("key");
        assertThat(read("key")).isNull();
        assertThat(read("key")).isEqualTo("old");
        assertThat(this.cache.getStatistics().get(Count.STALE_HITS)).isOne();
        this.cache.put("key", "new");
        assertThat(read("key")).isEqualTo("new");
        this.cache.evict("key");
        waitFor(Duration.ofSeconds(32));
        assertThat(read("key")).isNull();
        assertThat(read("key")).isNull();
    }

    @Test
    void anImmediateEvictionIsNeverSoft() {
        open(MemlinkCacheConfiguration.builder().staleFor(Duration.ofSeconds(30)).softEvict(true));
        this.cache.put("key", "old");
        assertThat(this.cache.evictIfPresent("key")).isTrue();
        assertThat(read("key")).isNull();
        assertThat(read("key")).isNull();
    }

}
