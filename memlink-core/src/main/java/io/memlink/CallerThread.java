package io.memlink;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;

import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Calls loaders in the thread that waits for a value, where the context of the caller is:
 * its transaction, its class loader, its thread locals. Once the value is there, loaders
 * are called in the threads that ask for it.
 */
final class CallerThread {

    private static final Call<?> WAKE_UP = new Call<>(() -> null);

    private final Executor elsewhere;

    private final BlockingQueue<Call<?>> calls = new LinkedBlockingQueue<>();

    private State state = State.WAITING;

    private enum State {

        WAITING, ANSWERED, INTERRUPTED

    }

    /**
     * Begins to wait: from now on loaders are called in the thread that {@link #await}s.
     * @param elsewhere calls those that were asked for just before the value was there,
     * without whose result it was there nevertheless
     */
    CallerThread(Executor elsewhere) {
        this.elsewhere = elsewhere;
    }

    /** Has a loader called; any thread may ask. */
    <T> CompletableFuture<T> call(Callable<T> loader) {
        Call<T> call = new Call<>(loader);
        State state;
        synchronized (this) {
            state = this.state;
            if (state == State.WAITING) {
                this.calls.add(call);
            }
        }
        if (state == State.ANSWERED) {
            call.run();
        }
        else if (state == State.INTERRUPTED) {
            call.refuse(interrupted());
        }
        return call;
    }

    private static RejectedExecutionException interrupted() {
        return new RejectedExecutionException("the caller was interrupted");
    }

    /** Waits for a value, and calls loaders meanwhile. */
    void await(CompletableFuture<?> value) {
        value.whenComplete((ignored, failure) -> {
            leave(State.ANSWERED);
            this.calls.add(WAKE_UP);
        });
        try {
            while (!value.isDone()) {
                this.calls.take().run();
            }
            leave(State.ANSWERED);
            this.calls.forEach(this::callElsewhere);
        }
        catch (InterruptedException ex) {
            leave(State.INTERRUPTED);
            this.calls.forEach((call) -> call.refuse(interrupted()));
            value.cancel(false);
            Thread.currentThread().interrupt();
            throw new MemlinkTimeoutException(Outcome.UNKNOWN, "Interrupted while waiting for the value");
        }
    }

    private void callElsewhere(Call<?> call) {
        if (call == WAKE_UP) {
            return;
        }
        try {
            this.elsewhere.execute(call::run);
        }
        catch (RuntimeException ex) {
            call.refuse(ex);
        }
    }

    private synchronized void leave(State state) {
        if (this.state == State.WAITING) {
            this.state = state;
        }
    }

    private static final class Call<T extends @Nullable Object> extends CompletableFuture<T> {

        private final Callable<T> loader;

        Call(Callable<T> loader) {
            this.loader = loader;
        }

        void run() {
            try {
                complete(this.loader.call());
            }
            catch (Throwable ex) {
                completeExceptionally(ex);
            }
        }

        void refuse(RuntimeException reason) {
            completeExceptionally(reason);
        }

    }

}
