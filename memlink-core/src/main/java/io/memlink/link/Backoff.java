package io.memlink.link;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.memlink.error.MemlinkConnectionException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before the next dial: exponential, half of it random, so that the
 * clients of a server that comes back do not arrive together.
 */
final class Backoff {

    private static final long BASE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    /** A server that was restarted is found within a second. */
    private static final long CAP_NANOS = TimeUnit.MILLISECONDS.toNanos(800);

    /** What only an operator can mend need not be tried as often. */
    private static final long SLOW_CAP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private static final int MAX_DOUBLINGS = 20;

    private Backoff() {
    }

    /**
     * Returns the delay after so many failures in a row, the last for the given reason.
     */
    static long delayNanos(int failures, @Nullable Reason reason) {
        return delayNanos(failures, reason, ThreadLocalRandom.current().nextDouble());
    }

    static long delayNanos(int failures, @Nullable Reason reason, double random) {
        if (failures == 0) {
            return 0;
        }
        long cap = isSlow(reason) ? SLOW_CAP_NANOS : CAP_NANOS;
        long delay = Math.min(cap, BASE_NANOS << Math.min(failures - 1, MAX_DOUBLINGS));
        return delay / 2 + (long) (delay / 2 * random);
    }

    private static boolean isSlow(@Nullable Reason reason) {
        return reason == Reason.TLS || reason == Reason.AUTHENTICATION || reason == Reason.UNKNOWN_HOST
                || reason == Reason.WRONG_PROTOCOL;
    }

}
