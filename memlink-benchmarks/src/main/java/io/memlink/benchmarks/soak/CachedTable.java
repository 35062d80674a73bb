package io.memlink.benchmarks.soak;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The rows that are cached, in place of a database: each is a version, which every change
 * raises. Safe for use by many threads.
 */
final class CachedTable {

    private static final int ROWS = 300;

    /** So few that loads, evictions and puts of them meet all the time. */
    private static final int HOT = 20;

    /** Longer than any request, but for those that a loader keeps waiting. */
    private static final int SLOW_MILLIS = 60;

    final List<CachedRow> rows;

    CachedTable(int applications) {
        this.rows = IntStream.range(0, ROWS).mapToObj((i) -> new CachedRow(i, applications)).toList();
    }

    /** Loads a row, which takes a while before and after the moment it is read at. */
    byte[] load(int number) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int most = (random.nextInt(100) == 0) ? SLOW_MILLIS : 2;
        pause(random.nextInt(most));
        CachedRow row = this.rows.get(number);
        byte[] loaded = row.value(row.truth.issued());
        pause(random.nextInt(most));
        return loaded;
    }

    private static void pause(int millis) {
        if (millis > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }

    /** Returns the row that two random numbers choose. */
    CachedRow choose(int choice, int number) {
        return this.rows.get(number % ((choice % 2 == 0) ? HOT : ROWS));
    }

}
