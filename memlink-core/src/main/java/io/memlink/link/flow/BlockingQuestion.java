package io.memlink.link.flow;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * A question whose answer may take any time, asked by one thread at a time for all that
 * wait for it. However long it takes, and however often somebody gives up and asks again,
 * one thread is busy with it at most and nothing queues up. Safe for use by many threads;
 * never blocks those that ask.
 *
 * @param <T> the type of the answer
 */
public final class BlockingQuestion<T> {

    private final Executor executor;

    private final Callable<? extends T> question;

    private final Set<Waiter<? super T>> waiters = new LinkedHashSet<>();

    private boolean asked;

    /**
     * Creates a question that nobody has asked.
     * @param executor where it is asked
     * @param question may block
     */
    public BlockingQuestion(Executor executor, Callable<? extends T> question) {
        this.executor = executor;
        this.question = question;
    }

    /**
     * Asks, or joins those that have asked already; asking twice counts once.
     * @param waiter told once, in any thread, unless it withdraws before
     */
    public void ask(Waiter<? super T> waiter) {
        synchronized (this.waiters) {
            this.waiters.add(waiter);
            if (this.asked) {
                return;
            }
            this.asked = true;
        }
        try {
            this.executor.execute(this::answer);
        }
        catch (Throwable ex) {
            tell(null, ex);
        }
    }

    /** Does not wait any more. */
    public void withdraw(Waiter<? super T> waiter) {
        synchronized (this.waiters) {
            this.waiters.remove(waiter);
        }
    }

    private void answer() {
        T answer;
        try {
            answer = this.question.call();
        }
        catch (Throwable ex) {
            tell(null, ex);
            return;
        }
        tell(answer, null);
    }

    private void tell(@Nullable T answer, @Nullable Throwable failure) {
        for (Waiter<? super T> waiter : takeWaiters()) {
            try {
                waiter.answered(answer, failure);
            }
            catch (Throwable ex) {
                // Each waiter has a clock of its own, and the others are told.
            }
        }
    }

    private List<Waiter<? super T>> takeWaiters() {
        synchronized (this.waiters) {
            this.asked = false;
            List<Waiter<? super T>> taken = new ArrayList<>(this.waiters);
            this.waiters.clear();
            return taken;
        }
    }

    /**
     * Somebody who waits for an answer.
     *
     * @param <T> the type of the answer
     */
    @FunctionalInterface
    public interface Waiter<T> {

        /**
         * Takes the answer.
         * @param answer the answer; {@code null} where there is none
         * @param failure why there is none
         */
        void answered(@Nullable T answer, @Nullable Throwable failure);

    }

}
