package io.memlink.spring.cache.generation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.spring.cache.generation.Copies.Raised;
import io.memlink.spring.cache.generation.CopyRead.Findings;
import io.memlink.spring.cache.generation.CopyRule.Step;
import io.memlink.spring.cache.generation.CopyRule.Verdict;
import io.memlink.time.Timers;

/**
 * The number of a generation as its copies have it: reads it together, makes it where it
 * is lost, and raises it to clear. A number once used here is never followed by a lower
 * one. Safe for use by many threads; never blocks.
 */
final class GenerationCopies {

    /** Of many who clear at once, at least one gets through with each attempt. */
    private static final int MAX_ATTEMPTS = 64;

    private final Supplier<Copies> copies;

    private final Runnable newer;

    private final Timers timers;

    /** The highest number that was used. */
    private long used = GenerationNumber.NONE;

    /** What the copies must have, since it was used or was to clear. */
    private long least = GenerationNumber.NONE;

    /**
     * Creates what nobody has asked for yet.
     * @param copies returns the copies as they are placed now
     * @param newer called where a number has turned out to be newer than the one in use
     * @param timers the time, and chance
     */
    GenerationCopies(Supplier<Copies> copies, Runnable newer, Timers timers) {
        this.copies = copies;
        this.newer = newer;
        this.timers = timers;
    }

    /**
     * Reads the number.
     * @param agreed told of the number once nobody can have been using a newer one, which
     * may be later or never
     * @return the number to use
     */
    CompletableFuture<Long> read(LongConsumer agreed) {
        return read(agreed, MAX_ATTEMPTS);
    }

    private CompletableFuture<Long> read(LongConsumer agreed, int attempts) {
        if (attempts == 0) {
            return failed("others change its copies all the time");
        }
        try {
            Copies copies = this.copies.get();
            CopyRead read = reading(copies, agreed);
            return read.begin().thenCompose((verdict) -> follow(verdict, read, copies, agreed, attempts));
        }
        catch (RuntimeException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private synchronized CopyRead reading(Copies copies, LongConsumer agreed) {
        return new CopyRead(copies, this.used, this.least, Set.of(), repairing(copies, agreed));
    }

    private CompletableFuture<Long> follow(Verdict verdict, CopyRead read, Copies copies, LongConsumer agreed,
            int attempts) {
        if (verdict.step() == Step.USE) {
            return CompletableFuture.completedFuture(use(verdict.number()));
        }
        CompletableFuture<Verdict> raised = (verdict.step() == Step.RENEW)
                ? renew(above(verdict.number()), read, copies)
                : raise(verdict.number(), false, copies, true).begin().usable();
        return raised.thenCompose((end) -> (end.step() == Step.USE)
                ? CompletableFuture.completedFuture(use(end.number())) : read(agreed, attempts - 1));
    }

    /**
     * Of several who find that the number is lost, one makes the next: another number
     * would take from it what it stores meanwhile. So they go from copy to copy in the
     * same order, and who finds that somebody was there before reads again.
     */
    private static CompletableFuture<Verdict> renew(long number, CopyRead read, Copies copies) {
        long[] found = read.found();
        List<CompletableFuture<Raised>> renewed = new ArrayList<>(Collections.nCopies(found.length, null));
        CompletableFuture<Raised> before = CompletableFuture.completedFuture(new Raised(number, false));
        for (int index : CopyRule.renewalOrder(found)) {
            before = before
                .handle((raised, failure) -> (failure != null || raised.number() == number)
                        ? copies.renew(index, number, found[index]) : CompletableFuture.completedFuture(raised))
                .thenCompose(Function.identity());
            renewed.set(index, before);
        }
        return new CopyRaise(copies.count(), number, true, renewed::get).begin().usable();
    }

    private static CopyRaise raise(long number, boolean make, Copies copies, boolean looked) {
        return new CopyRaise(copies.count(), number, looked, (i) -> copies.raise(i, number, make));
    }

    private long above(long highest) {
        return GenerationNumber.above(highest, this.timers.now().toEpochMilli(), this.timers.random());
    }

    /** Several may be read at once, and not end in their order. */
    private synchronized long use(long number) {
        this.used = Math.max(this.used, number);
        this.least = Math.max(this.least, number);
        return this.used;
    }

    private Findings repairing(Copies copies, LongConsumer agreed) {
        return new Findings() {

            @Override
            public void agreed(long number) {
                agreed.accept(number);
            }

            @Override
            public void newer(long number) {
                seen(number);
            }

            @Override
            public void lost(int index) {
                makeAgain(copies, index);
            }

        };
    }

    /** Reads the others after one was lost, and gives it what they have then. */
    private void makeAgain(Copies copies, int index) {
        CopyRead read;
        synchronized (this) {
            read = new CopyRead(copies, this.used, this.least, Set.of(index), new Findings() {

                @Override
                public void agreed(long number) {
                    // Nobody has asked that.
                }

                @Override
                public void newer(long number) {
                    seen(number);
                }

                @Override
                public void lost(int other) {
                    // Whoever reads next sees to it.
                }

            });
        }
        read.begin();
    }

    private void seen(long number) {
        boolean news;
        synchronized (this) {
            news = number > this.used;
            if (news) {
                // The next read waits for the copy that has it, however slow it is.
                this.least = Math.max(this.least, number);
            }
        }
        if (news) {
            this.newer.run();
        }
    }

    /**
     * Returns a number above all that are known here, and not above those that are made
     * from now on.
     */
    synchronized long next() {
        return GenerationNumber.above(this.least, this.timers.now().toEpochMilli(), 0);
    }

    /**
     * Raises the number above all others.
     * @return what becomes of it
     */
    Clear clear() {
        Clear clear = new Clear(new CompletableFuture<>(), new CompletableFuture<>());
        clear(GenerationNumber.NONE, clear, MAX_ATTEMPTS);
        return clear;
    }

    private void clear(long above, Clear clear, int attempts) {
        if (attempts == 0) {
            require(above + 1);
            clear.fail(timeout("others clear all the time"));
            return;
        }
        Copies copies;
        try {
            copies = this.copies.get();
        }
        catch (RuntimeException ex) {
            clear.fail(ex);
            return;
        }
        long number;
        synchronized (this) {
            number = above(Math.max(Math.max(above, this.least), copies.highestSeen()));
        }
        raise(copies, number, clear, attempts);
    }

    private void raise(Copies copies, long number, Clear clear, int attempts) {
        CopyRaise raise = raise(number, true, copies, false).begin();
        raise.usable().whenComplete((verdict, failure) -> {
            if (verdict != null && verdict.step() == Step.USE) {
                clear.usable().complete(use(verdict.number()));
            }
        });
        raise.kept().whenComplete((verdict, failure) -> {
            if (verdict == null) {
                // Whoever reads it next sees to it.
                require(number);
                clear.fail(unwrap(failure));
            }
            else if (verdict.step() == Step.USE) {
                check(copies, number, clear, attempts);
            }
            else {
                clear(verdict.number(), clear, attempts - 1);
            }
        });
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

    private void check(Copies copies, long number, Clear clear, int attempts) {
        new CopyCheck(copies, number).begin().thenAccept((held) -> {
            if (held) {
                clear.kept().complete(number);
            }
            else if (attempts > 1) {
                raise(copies, number, clear, attempts / 2);
            }
            else {
                require(number);
                clear.fail(timeout("its copies are lost all the time"));
            }
        });
    }

    private synchronized void require(long number) {
        this.least = Math.max(this.least, number);
    }

    /** Returns whether a clear has not reached the copies. */
    synchronized boolean owesClear() {
        return this.least > this.used;
    }

    private static <T> CompletableFuture<T> failed(String reason) {
        return CompletableFuture.failedFuture(timeout(reason));
    }

    private static MemlinkTimeoutException timeout(String reason) {
        return new MemlinkTimeoutException(Outcome.NOT_SENT, "generation: " + reason);
    }

    /**
     * A clear in progress.
     *
     * @param usable the number, once it may be used
     * @param kept the number, once it cannot be lost any more
     */
    record Clear(CompletableFuture<Long> usable, CompletableFuture<Long> kept) {

        private void fail(Throwable failure) {
            this.usable.completeExceptionally(failure);
            this.kept.completeExceptionally(failure);
        }

    }

}
