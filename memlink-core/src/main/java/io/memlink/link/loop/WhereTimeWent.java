package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;

/**
 * The account, in words, of the time of a request that was not answered in time. Safe for
 * use by many threads.
 *
 * @param pauses when the JVM stood still
 */
public record WhereTimeWent(Pauses pauses) {

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
        long stoodStill = millis(this.pauses.within(calledNanos, nowNanos));
        long late = millis(nowNanos - deadlineNanos) - stoodStill;
        String pause = (stoodStill >= WORTH_TELLING_MILLIS) ? "; the JVM stood still for " + stoodStill + " ms of it"
                : "";
        return (late >= LATE_MILLIS) ? pause + "; its event loop was held up for " + late + " ms" : pause;
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanos));
    }

}
