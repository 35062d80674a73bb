package io.memlink.link;

import io.memlink.error.MemlinkConnectionException.Reason;

/**
 * Tells how long a connection waits before it is dialed again. Lives in this package
 * because only connections wait.
 */
public final class BackoffHarness {

    private BackoffHarness() {
    }

    /**
     * Returns the delay after so many failures in a row.
     * @param failures how many dials were refused
     * @param random 0 to 1
     * @return nanoseconds
     */
    public static long delayNanos(int failures, double random) {
        return Backoff.delayNanos(failures, Reason.REFUSED, random);
    }

}
