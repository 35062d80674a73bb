package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;

/**
 * The account, in words, of the time of a request that was not answered in time. Safe for
 * use by many threads.
 *
 * @param pauses when threads of the JVM were kept waiting
 * @param blocked when a task kept the event loop of the request from its work
 */
public record WhereTimeWent(Pauses pauses, Spans blocked) {

    /** Shorter ones explain no timeout. */
    private static final long WORTH_TELLING_MILLIS = 10;

    /** A timer is late by a little. */
    private static final long LATE_MILLIS = 50;

    /**
     * Tells of a request that was written. All times are those of the clock of the
     * pauses, in nanoseconds.
     */
    public String ofWritten(long calledNanos, long writtenNanos, long deadlineNanos, long nowNanos) {
        return millis(writtenNanos - calledNanos) + " ms here before it was written, " + millis(nowNanos - writtenNanos)
                + " ms on the wire and at the server" + causes(calledNanos, deadlineNanos, nowNanos);
    }

    /** Tells of a request that was not written. */
    public String ofUnwritten(long calledNanos, long deadlineNanos, long nowNanos) {
        return millis(nowNanos - calledNanos) + " ms here, and never written"
                + causes(calledNanos, deadlineNanos, nowNanos);
    }

    private String causes(long calledNanos, long deadlineNanos, long nowNanos) {
        long waited = millis(this.pauses.within(calledNanos, nowNanos));
        long blocked = millis(this.blocked.within(calledNanos, nowNanos));
        long late = millis(nowNanos - deadlineNanos) - waited;
        StringBuilder causes = new StringBuilder();
        if (waited >= WORTH_TELLING_MILLIS) {
            causes.append("; the JVM stood still or had no processor for ").append(waited).append(" ms of it");
        }
        if (blocked >= WORTH_TELLING_MILLIS) {
            causes.append("; a task blocked its event loop for ").append(blocked).append(" ms of it or more");
        }
        if (late >= LATE_MILLIS) {
            causes.append("; its event loop was ").append(late).append(" ms late");
        }
        return causes.toString();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
    }

}
