package io.memlink.spring.cache.generation;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.memlink.spring.cache.generation.CopyRule.Step;
import io.memlink.spring.cache.generation.CopyRule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One read of all copies. Ends as soon as enough of them have answered. Copies that turn
 * out to be behind what is used, then or later, are raised, and those that were lost
 * before are made; nobody waits for that. Safe for use by many threads.
 */
final class CopyRead {

    private final Copies copies;

    private final CopyRule rule;

    private final long used;

    private final long least;

    private final Set<Integer> lost;

    private final Findings findings;

    private final long[] read;

    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    private @Nullable Throwable failure;

    /** What is used, from when it was decided. */
    private long decided = GenerationNumber.NONE;

    private boolean agreed;

    /**
     * Creates a read.
     * @param copies what to read
     * @param used the number that is used already
     * @param least what the copies must have
     * @param lost copies that are known to have nothing, from before this read
     * @param findings told of what this read does not repair
     */
    CopyRead(Copies copies, long used, long least, Set<Integer> lost, Findings findings) {
        this.copies = copies;
        this.rule = new CopyRule(copies.count());
        this.used = used;
        this.least = least;
        this.lost = lost;
        this.findings = findings;
        this.read = new long[copies.count()];
        Arrays.fill(this.read, CopyRule.PENDING);
    }

    /** Reads; the verdict is never to wait. */
    CompletableFuture<Verdict> begin() {
        for (int i = 0; i < this.read.length; i++) {
            int index = i;
            this.copies.read(i).whenComplete((number, failure) -> ended(index, number, failure));
        }
        return this.verdict;
    }

    private void ended(int index, @Nullable Long number, @Nullable Throwable failure) {
        Verdict verdict = Verdict.WAIT;
        long decided;
        synchronized (this) {
            this.read[index] = (number != null) ? number : CopyRule.FAILED;
            this.failure = (failure != null) ? failure : this.failure;
            if (!this.verdict.isDone() && this.decided == GenerationNumber.NONE) {
                verdict = this.rule.read(this.read, this.used, this.least);
                if (verdict.step() == Step.USE) {
                    this.decided = verdict.number();
                }
            }
            decided = this.decided;
        }
        if (verdict.step() == Step.USE) {
            repairAll(decided);
        }
        else if (decided != GenerationNumber.NONE) {
            repair(index, decided);
        }
        if (verdict.step() == Step.FAIL) {
            this.verdict.completeExceptionally(failure());
        }
        else if (verdict.step() != Step.WAIT) {
            this.verdict.complete(verdict);
        }
        if (decided != GenerationNumber.NONE && agree(decided)) {
            this.findings.agreed(decided);
        }
    }

    /** Returns whether this answer is the one that makes them enough. */
    private synchronized boolean agree(long decided) {
        boolean before = this.agreed;
        this.agreed = before || this.rule.excludesNewer(this.read, decided);
        return this.agreed && !before;
    }

    /** Returns what each copy had, once there is a verdict. */
    synchronized long[] found() {
        return this.read.clone();
    }

    private synchronized Throwable failure() {
        return (this.failure != null) ? this.failure : new IllegalStateException("no copy has failed");
    }

    private void repairAll(long decided) {
        for (int i = 0; i < this.read.length; i++) {
            repair(i, decided);
        }
    }

    private void repair(int index, long decided) {
        long found;
        synchronized (this) {
            found = this.read[index];
        }
        if (found == GenerationNumber.NONE) {
            // The others may have been read before a clear, which this one has lost.
            if (this.lost.contains(index)) {
                this.copies.raise(index, decided, true);
            }
            else {
                this.findings.lost(index);
            }
        }
        else if (found > 0 && found < decided) {
            this.copies.raise(index, decided, false);
        }
        else if (found > decided) {
            this.findings.newer(found);
        }
    }

    /** The findings of a read besides what was decided. */
    interface Findings {

        /**
         * So many copies have this number, or an older one, that nobody can be using a
         * newer one.
         */
        void agreed(long number);

        /** A copy has a number that is newer. */
        void newer(long number);

        /** A copy has nothing, and was not known to. */
        void lost(int index);

    }

}
