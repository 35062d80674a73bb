package io.memlink.spring.boot.autoconfigure.health;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentReadsTests {

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);

    private final RecentReads reads = new RecentReads(this.clock::get);

    private Map<String, Object> after(long seconds, long hits, long misses) {
        this.clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        return this.reads.describe(hits, misses);
    }

    @Test
    void areNoneWhereNobodyReads() {
        assertThat(after(7, 0, 0)).isNull();
    }

    @Test
    void areThoseSinceTheStartAtFirst() {
        assertThat(after(7, 30, 10)).isEqualTo(Map.of("seconds", 7L, "count", 40L, "missedShare", 0.25));
    }

    @Test
    void areThoseOfTheLastMinute() {
        after(30, 100, 0);
        after(30, 100, 50);
        assertThat(after(30, 100, 100)).isEqualTo(Map.of("seconds", 60L, "count", 100L, "missedShare", 1.0));
        assertThat(after(30, 200, 100)).isEqualTo(Map.of("seconds", 60L, "count", 150L, "missedShare", 50d / 150));
    }

    @Test
    void areThoseSinceTheLastLookWhereThatIsLongAgo() {
        after(10, 10, 0);
        after(3600, 20, 0);
        assertThat(after(600, 20, 5)).isEqualTo(Map.of("seconds", 600L, "count", 5L, "missedShare", 1.0));
    }

    @Test
    void areTheSameHoweverManyLook() {
        for (int i = 0; i < 1000; i++) {
            this.reads.describe(3, 1);
        }
        assertThat(after(1, 3, 1)).containsEntry("count", 4L);
    }

}
