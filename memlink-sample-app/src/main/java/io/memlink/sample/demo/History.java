package io.memlink.sample.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The past as the page shows it: one sample for each second, the last look at each
 * product, and what was done on the page. Bounded. Safe for use by many threads.
 */
@Component
class History {

    private static final int SECONDS = 180;

    private static final int ACTIONS = 30;

    private static final double NANOS_PER_MILLI = 1_000_000;

    /** What was seen longer ago says nothing of a key that others may have changed. */
    static final Duration KNOWN_FOR = Duration.ofSeconds(15);

    private final InstantSource clock;

    private final Deque<Sample> samples = new ArrayDeque<>();

    private final Deque<Action> actions = new ArrayDeque<>();

    private final LastLook[] products = new LastLook[Traffic.PRODUCTS];

    private Second second = new Second();

    History() {
        this(InstantSource.system());
    }

    History(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void look(int id, Look look, long nanos) {
        switch (look.source()) {
            case HIT -> this.second.hits++;
            case MISS -> this.second.misses++;
            case STALE -> this.second.stale++;
        }
        this.second.looks.add(nanos);
        String backend = look.backend();
        LastLook before = this.products[id - 1];
        this.products[id - 1] = new LastLook((backend != null || before == null) ? backend : before.backend(),
                result(look), this.clock.instant());
    }

    private static String result(Look look) {
        if (look.backend() == null) {
            // Nothing was asked, since the cache knew that it cannot be used.
            return "UNUSABLE";
        }
        return look.isUnreachable() ? "UNREACHABLE" : look.source().name();
    }

    synchronized void failed(int id) {
        this.second.failed++;
        LastLook before = this.products[id - 1];
        this.products[id - 1] = new LastLook((before != null) ? before.backend() : null, "FAILED",
                this.clock.instant());
    }

    synchronized void asked(long nanos) {
        this.second.queries.add(nanos);
    }

    Instant now() {
        return this.clock.instant();
    }

    void action(String what) {
        action(now(), what);
    }

    /** Notes what was begun at a time, before anything that came of it. */
    synchronized void action(Instant begun, String what) {
        if (this.actions.size() == ACTIONS) {
            this.actions.removeLast();
        }
        this.actions.addFirst(new Action(begun, what));
    }

    /** Ends a second, of which there is nothing to tell if nobody looked. */
    synchronized void endSecond(Supplier<Counters> counters) {
        Second ended = this.second;
        this.second = new Second();
        if (this.samples.size() == SECONDS) {
            this.samples.removeFirst();
        }
        this.samples.addLast(new Sample(this.clock.millis(), ended.looks.median(), ended.queries.median(), ended.hits,
                ended.misses, ended.stale, ended.failed, counters.get()));
    }

    synchronized List<Sample> samples() {
        return List.copyOf(this.samples);
    }

    synchronized List<Action> actions() {
        return List.copyOf(this.actions);
    }

    /**
     * Returns the last look at each product, and that nothing is known where that is long
     * ago, or its backend has come to another state since.
     * @param states when each backend came to its state
     */
    synchronized List<@Nullable LastLook> products(Map<String, Instant> states) {
        Instant longAgo = this.clock.instant().minus(KNOWN_FOR);
        return Arrays.stream(this.products)
            .map((look) -> (look == null || look.isSince(longAgo, states)) ? look : look.unknown())
            .toList();
    }

    /**
     * One second.
     *
     * @param at when it ended, in milliseconds since 1970
     * @param cached the median time of a look, in milliseconds; {@code null} if there was
     * none
     * @param uncached the median time without the cache
     * @param hits looks that were answered by the cache
     * @param misses looks that were answered by the database
     * @param stale looks that were answered by the cache with an old entry
     * @param failed looks that were not answered
     * @param totals what had been counted at its end since the start
     */
    record Sample(long at, @Nullable Double cached, @Nullable Double uncached, long hits, long misses, long stale,
            long failed, Counters totals) {

    }

    /**
     * The last look at a product.
     *
     * @param backend where it lives
     * @param result how it ended
     * @param at when
     */
    record LastLook(@Nullable String backend, String result, Instant at) {

        private boolean isSince(Instant time, Map<String, Instant> states) {
            Instant state = (this.backend != null) ? states.get(this.backend) : null;
            return !this.at.isBefore(time) && (state == null || !this.at.isBefore(state));
        }

        private LastLook unknown() {
            return new LastLook(this.backend, "UNKNOWN", this.at);
        }

    }

    /**
     * Something that was done on the page.
     *
     * @param at when
     * @param what what it was
     */
    record Action(Instant at, String what) {

    }

    /** The second that is not over. */
    private static final class Second {

        private final Times looks = new Times();

        private final Times queries = new Times();

        private long hits;

        private long misses;

        private long stale;

        private long failed;

    }

    private static final class Times {

        private long[] nanos = new long[64];

        private int count;

        void add(long time) {
            if (this.count == this.nanos.length) {
                this.nanos = Arrays.copyOf(this.nanos, 2 * this.count);
            }
            this.nanos[this.count++] = time;
        }

        @Nullable Double median() {
            if (this.count == 0) {
                return null;
            }
            long[] sorted = Arrays.copyOf(this.nanos, this.count);
            Arrays.sort(sorted);
            return sorted[this.count / 2] / NANOS_PER_MILLI;
        }

    }

}
