package io.memlink.link.loop;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * The result of a call, and of whatever depends on it. Refuses to be waited for on an
 * event loop, which would have to read the reply: it would wait for itself, for ever, and
 * so would all others. Every future that the client returns before its result is there is
 * one of these.
 *
 * @param <T> the type of the result
 */
public class CallFuture<T extends @Nullable Object> extends CompletableFuture<T> {

    private void requireThatMayWait() {
        if (!isDone()) {
            SyncCaller.refuseToWaitOnLoop("join() or get() of a future");
        }
    }

    @Override
    public T join() {
        requireThatMayWait();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        requireThatMayWait();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        requireThatMayWait();
        return super.get(timeout, unit);
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CallFuture<>();
    }

}
