package io.memlink.spring.cache.generation;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

import io.memlink.spring.cache.generation.Copies.Raised;
import io.memlink.spring.cache.generation.CopyRule.Step;
import io.memlink.spring.cache.generation.CopyRule.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * All copies, raised to one number. Tells separately when the number may be used and when
 * it cannot be lost any more. Safe for use by many threads.
 */
final class CopyRaise {

    private final CopyRule rule;

    private final long number;

    private final IntFunction<CompletableFuture<Raised>> raising;

    private final long[] raised;

    private final CompletableFuture<Verdict> usable = new CompletableFuture<>();

    private final CompletableFuture<Verdict> kept = new CompletableFuture<>();

    /** How many had a number before. */
    private int found;

    private @Nullable Throwable failure;

    /**
     * Creates what raises.
     * @param copies how many copies there are
     * @param number to what number
     * @param looked whether enough copies were looked at to know that the number is the
     * right one
     * @param raising raises one of them
     */
    CopyRaise(int copies, long number, boolean looked, IntFunction<CompletableFuture<Raised>> raising) {
        this.rule = new CopyRule(copies);
        this.number = number;
        this.raising = raising;
        this.raised = new long[copies];
        this.found = looked ? copies : 0;
        Arrays.fill(this.raised, CopyRule.PENDING);
    }

    CopyRaise begin() {
        for (int i = 0; i < this.raised.length; i++) {
            int index = i;
            this.raising.apply(i).whenComplete((raised, failure) -> ended(index, raised, failure));
        }
        return this;
    }

    /** Completed when the number may be used, or another one is higher. */
    CompletableFuture<Verdict> usable() {
        return this.usable;
    }

    /** Completed when the number cannot be lost any more, or another one is higher. */
    CompletableFuture<Verdict> kept() {
        return this.kept;
    }

    private void ended(int index, @Nullable Raised raised, @Nullable Throwable failure) {
        Verdict usable;
        Verdict kept;
        Throwable reason;
        synchronized (this) {
            this.raised[index] = (raised != null) ? raised.number() : CopyRule.FAILED;
            this.found += (raised != null && !raised.hadNone()) ? 1 : 0;
            this.failure = (failure != null) ? failure : this.failure;
            reason = this.failure;
            usable = this.rule.raised(this.raised, this.number, this.found, this.rule.toUse());
            kept = this.rule.raised(this.raised, this.number, this.found, this.rule.toKeep());
        }
        tell(this.usable, usable, reason);
        tell(this.kept, kept, reason);
    }

    private static void tell(CompletableFuture<Verdict> future, Verdict verdict, @Nullable Throwable reason) {
        if (verdict.step() == Step.FAIL) {
            future.completeExceptionally((reason != null) ? reason : new IllegalStateException("no copy has failed"));
        }
        else if (verdict.step() != Step.WAIT) {
            future.complete(verdict);
        }
    }

}
