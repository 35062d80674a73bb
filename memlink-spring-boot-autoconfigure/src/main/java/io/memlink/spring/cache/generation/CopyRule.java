package io.memlink.spring.cache.generation;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The rule for what follows from the copies of a generation that were read or raised so
 * far. A number may be used once {@link #toUse} copies had it, and a clear is done once
 * {@link #toKeep} copies took it: together one more than there are copies, so that
 * whoever looks at enough copies sees each clear that is done. A copy that has nothing
 * has lost something, and counts for neither. Knows nothing of how copies are asked, so
 * that a test can explore all orders. Immutable.
 *
 * @param copies how many there are
 */
record CopyRule(int copies) {

    /** Of a copy that has not answered yet. */
    static final long PENDING = -1;

    /** Of a copy that cannot be asked. */
    static final long FAILED = -2;

    /** Returns how many copies have to have a number that is used. */
    int toUse() {
        return (this.copies + 1) / 2;
    }

    /** Returns how many copies have to have a number that must not be lost. */
    int toKeep() {
        return this.copies / 2 + 1;
    }

    /**
     * Judges what was read. A copy that is slow is waited for only where the others are
     * not enough.
     * @param read a number, {@link GenerationNumber#NONE}, {@link #PENDING} or
     * {@link #FAILED} for each copy
     * @param used the number that is used already
     * @param least what the copies must have, since it was there or was to be; a lower
     * number means that they have lost it
     * @return what to do
     */
    Verdict read(long[] read, long used, long least) {
        int found = 0;
        int answered = 0;
        int pending = 0;
        long newest = GenerationNumber.NONE;
        for (long number : read) {
            pending += (number == PENDING) ? 1 : 0;
            answered += (number >= 0) ? 1 : 0;
            found += (number > 0) ? 1 : 0;
            newest = Math.max(newest, number);
        }
        boolean known = found >= toUse() && newest >= least;
        if (known && (newest == used || holders(read, newest) >= toUse())) {
            return new Verdict(Step.USE, newest);
        }
        if (pending > 0) {
            return Verdict.WAIT;
        }
        if (known) {
            return new Verdict(Step.RAISE, newest);
        }
        return (answered >= toUse()) ? new Verdict(Step.RENEW, Math.max(newest, least)) : Verdict.FAIL;
    }

    /**
     * Returns whether nobody used a newer number when the copies were read: whoever does
     * has seen it in {@link #toUse} of them, and too few are left. One that has nothing
     * may have had it.
     */
    boolean excludesNewer(long[] read, long number) {
        int older = 0;
        for (long copy : read) {
            older += (copy > 0 && copy <= number) ? 1 : 0;
        }
        return older > this.copies - toUse();
    }

    /**
     * Judges what became of copies that are raised to a number.
     * @param raised what each of them has now, {@link #PENDING} or {@link #FAILED}; less
     * than the number where it was not what was to be raised any more
     * @param number what they are raised to
     * @param found how many of them had a number before; as many as there are where that
     * was looked at already
     * @param wanted how many have to have it
     * @return what to do; to renew, where another number is higher or was first
     */
    Verdict raised(long[] raised, long number, int found, int wanted) {
        int pending = 0;
        boolean others = false;
        long newest = number;
        for (long now : raised) {
            pending += (now == PENDING) ? 1 : 0;
            others |= now >= 0 && now < number;
            newest = Math.max(newest, now);
        }
        if (newest > number) {
            return new Verdict(Step.RENEW, newest);
        }
        boolean held = holders(raised, number) >= wanted;
        if (held && (found >= toUse() || pending == 0)) {
            return new Verdict(Step.USE, number);
        }
        if (pending > 0) {
            return Verdict.WAIT;
        }
        return others ? new Verdict(Step.RENEW, number) : Verdict.FAIL;
    }

    /**
     * Returns in which order copies are given a new number. Two who have seen different
     * stages of a third one's renewal meet at the first copy that had nothing.
     * @param read what was read
     * @return the indexes of the copies
     */
    static int[] renewalOrder(long[] read) {
        return IntStream.range(0, read.length)
            .boxed()
            .sorted(Comparator.comparing((i) -> (read[i] >= 0) ? read[i] : Long.MAX_VALUE))
            .mapToInt(Integer::intValue)
            .toArray();
    }

    private static int holders(long[] copies, long number) {
        int holders = 0;
        for (long copy : copies) {
            holders += (copy == number) ? 1 : 0;
        }
        return holders;
    }

    /** The next step. */
    enum Step {

        /** Wait for more copies. */
        WAIT,

        /** Use the number. */
        USE,

        /** Raise the copies to the number, then use it. */
        RAISE,

        /** Make a number above that one. */
        RENEW,

        /** Give up: too few copies can be asked. */
        FAIL

    }

    /**
     * A step, and the number that it is about.
     *
     * @param step what to do
     * @param number with which number
     */
    record Verdict(Step step, long number) {

        static final Verdict WAIT = new Verdict(Step.WAIT, GenerationNumber.NONE);

        static final Verdict FAIL = new Verdict(Step.FAIL, GenerationNumber.NONE);

    }

}
