package io.memlink.simulation;

import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that were added to numbers, each of them another one, so that a server tells
 * which call it counts for; and what became of them.
 */
final class Counts {

    private final History history;

    private final Map<Long, Count> counts = new HashMap<>();

    /** When each number that was there was made, by key and number. */
    private final Map<String, Long> made = new HashMap<>();

    /** Since when an item counts that was not there before, by machine and key. */
    private final Map<String, Long> born = new HashMap<>();

    /** The effect of a call. */
    private static final class Count {

        private @Nullable Long after;

        private long bornMoment;

        private @Nullable String forbidden;

    }

    Counts(History history) {
        this.history = history;
    }

    /** Somebody is going to count with a number, or from a number on. */
    void announce(long number) {
        this.counts.put(number, new Count());
    }

    /** A server has counted. */
    void counted(Machine machine, String key, long number, long after, boolean existed, long moment) {
        if (!existed) {
            this.born.put(machine + " " + key, moment);
        }
        this.made.put(key + " " + after, moment);
        Count count = this.counts.get(number);
        if (count == null) {
            this.history.broken(machine + " counts under " + key + " what nobody has counted: " + number);
        }
        else if (count.after != null) {
            this.history.broken(machine + " counts " + number + " under " + key + " for the second time");
        }
        else if (count.forbidden != null) {
            this.history.broken(machine + " counts " + number + ", but " + count.forbidden);
        }
        else {
            count.after = after;
            count.bornMoment = this.born.getOrDefault(machine + " " + key, moment);
        }
    }

    /**
     * Returns since when the item is there that a call has counted under.
     * @param numbers with one of which it may have counted
     * @param result what it said; {@code null} where it said that there is none
     */
    long check(Call call, long[] numbers, @Nullable Long result) {
        for (long number : numbers) {
            Count count = this.counts.get(number);
            if (count != null && count.after != null) {
                if (!count.after.equals(result)) {
                    this.history
                        .broken(call + ": " + result + ", but a server has counted " + number + " to " + count.after);
                }
                return count.bornMoment;
            }
        }
        if (result != null) {
            this.history.broken(call + ": " + result + ", but no server has counted");
        }
        else {
            forbid(call, numbers, "said that there is nothing");
        }
        return Long.MAX_VALUE;
    }

    /** A call has ended with the proof that it had no effect. */
    void checkUndone(Call call, long[] numbers, String end) {
        for (long number : numbers) {
            Count count = this.counts.get(number);
            if (count != null && count.after != null) {
                this.history.broken(call + ": said to be " + end + ", but a server has counted");
            }
        }
        forbid(call, numbers, "was said to be " + end);
    }

    private void forbid(Call call, long[] numbers, String reason) {
        for (long number : numbers) {
            Count count = this.counts.get(number);
            if (count != null) {
                count.forbidden = call + " " + reason;
            }
        }
    }

    /** Returns when a number was made that was read; -1 where it never was. */
    long madeMoment(String key, String number) {
        return this.made.getOrDefault(key + " " + number, -1L);
    }

}
