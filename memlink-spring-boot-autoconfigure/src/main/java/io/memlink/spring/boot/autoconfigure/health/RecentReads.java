package io.memlink.spring.boot.autoconfigure.health;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The reads of caches in the last minute or, where nobody has looked for longer, since
 * somebody did. Safe for use by many threads.
 */
final class RecentReads {

    private static final long PERIOD_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Whoever looks more often adds nothing. */
    private static final long STEP_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;

    private final Deque<Sample> samples = new ArrayDeque<>();

    RecentReads(LongSupplier clock) {
        this.clock = clock;
        this.samples.add(new Sample(clock.getAsLong(), 0, 0));
    }

    private record Sample(long nanos, long hits, long misses) {

    }

    /**
     * Describes the reads up to now.
     * @param hits reads that found an entry since the start
     * @param misses reads that found none
     * @return how many there were in how many seconds, and which share missed;
     * {@code null} where there were none
     */
    synchronized @Nullable Map<String, Object> describe(long hits, long misses) {
        Sample now = new Sample(this.clock.getAsLong(), hits, misses);
        while (this.samples.size() > 1 && now.nanos() - second().nanos() >= PERIOD_NANOS) {
            this.samples.removeFirst();
        }
        Sample first = this.samples.getFirst();
        if (now.nanos() - this.samples.getLast().nanos() >= STEP_NANOS) {
            this.samples.addLast(now);
        }
        long missed = misses - first.misses();
        long reads = hits - first.hits() + missed;
        if (reads <= 0) {
            return null;
        }
        Map<String, Object> description = new LinkedHashMap<>();
        description.put("seconds", TimeUnit.NANOSECONDS.toSeconds(now.nanos() - first.nanos()));
        description.put("count", reads);
        description.put("missedShare", (double) missed / reads);
        return description;
    }

    private Sample second() {
        return this.samples.stream().skip(1).findFirst().orElseThrow();
    }

}
