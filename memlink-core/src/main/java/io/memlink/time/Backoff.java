package io.memlink.time;

/**
 * The delay before something that failed is tried again: doubled with each failure in a
 * row, up to a cap, and half of it random, so that many who failed together do not come
 * back together. Immutable.
 *
 * @param baseNanos the delay after the first failure
 * @param capNanos the longest delay
 */
public record Backoff(long baseNanos, long capNanos) {

    private static final int MAX_DOUBLINGS = 20;

    /**
     * Returns a delay.
     * @param failures how many there were in a row; none is no delay
     * @param random from 0 to 1: where in the second half of the delay it ends
     * @return nanoseconds
     */
    public long delayNanos(int failures, double random) {
        if (failures <= 0) {
            return 0;
        }
        long delay = Math.min(this.capNanos, this.baseNanos << Math.min(failures - 1, MAX_DOUBLINGS));
        return delay / 2 + (long) (delay / 2 * random);
    }

    /**
     * Returns what is left of a delay that counts from the beginning of what failed. What
     * fails at once waits for all of it. What took longer has waited already; only some
     * chance stays, so that many whose time was over together do not come back together.
     * @param failures how many there were in a row; none is no delay
     * @param random from 0 to 1
     * @param spentNanos how long the last one took
     * @return nanoseconds
     */
    public long restNanos(int failures, double random, long spentNanos) {
        long delay = delayNanos(failures, random);
        return Math.max(delay - spentNanos, (long) (Math.min(delay, this.baseNanos) * random));
    }

}
