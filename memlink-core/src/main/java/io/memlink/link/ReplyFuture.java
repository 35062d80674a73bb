package io.memlink.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * A future that depends on an event loop, and so refuses to be waited for on one: the
 * loop would wait for itself, and so would all whose requests go through it. What depends
 * on such a future is one, too.
 *
 * @param <T> the type of the result
 */
sealed class ReplyFuture<T extends @Nullable Object> extends CompletableFuture<T>
        permits Exchange, ReplyFuture.Dependent {

    private void refuseToWaitOnLoop() {
        if (!isDone()) {
            LinkResources.refuseToWaitOnLoop("join() or get() of a future");
        }
    }

    @Override
    public T join() {
        refuseToWaitOnLoop();
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        refuseToWaitOnLoop();
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        refuseToWaitOnLoop();
        return super.get(timeout, unit);
    }

    @Override
    public final <U> CompletableFuture<U> newIncompleteFuture() {
        return new Dependent<>();
    }

    /** What depends on a reply does not need to be an exchange. */
    static final class Dependent<T extends @Nullable Object> extends ReplyFuture<T> {

    }

}
