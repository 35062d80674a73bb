package io.memlink;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The future of what a reply means. Fails with the failure of the reply itself rather
 * than with one that wraps it, and passes a cancellation on.
 *
 * @param <T> the type of the reply
 * @param <R> the type of its meaning
 */
final class MappedReply<T, R extends @Nullable Object> extends CompletableFuture<R>
        implements BiConsumer<T, Throwable> {

    private final CompletableFuture<T> reply;

    private final Function<? super T, ? extends R> meaning;

    private MappedReply(CompletableFuture<T> reply, Function<? super T, ? extends R> meaning) {
        this.reply = reply;
        this.meaning = meaning;
    }

    static <T, R extends @Nullable Object> CompletableFuture<R> of(CompletableFuture<T> reply,
            Function<? super T, ? extends R> meaning) {
        MappedReply<T, R> mapped = new MappedReply<>(reply, meaning);
        reply.whenComplete(mapped);
        return mapped;
    }

    @Override
    public void accept(T reply, @Nullable Throwable failure) {
        if (failure != null) {
            completeExceptionally(failure);
            return;
        }
        try {
            complete(this.meaning.apply(reply));
        }
        catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        this.reply.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }

    /** What depends on this future does not need to be mapped. */
    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new CompletableFuture<>();
    }

}
