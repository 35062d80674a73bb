package io.memlink.loading;

import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The call of a loader, which is code of the user: whatever it throws or returns, it ends
 * once, with a value or a failure.
 */
final class Loader {

    private Loader() {
    }

    /**
     * Calls a loader; the failure is what it failed with, not what futures wrap it in.
     */
    static <T> void call(Supplier<? extends @Nullable CompletionStage<? extends @Nullable T>> loader,
            BiConsumer<? super @Nullable T, ? super @Nullable Throwable> then) {
        AtomicBoolean ended = new AtomicBoolean();
        try {
            CompletionStage<? extends @Nullable T> stage = Objects.requireNonNull(loader.get(),
                    "loader: returned null (expected: a stage)");
            stage.whenComplete((value, failure) -> {
                if (ended.compareAndSet(false, true)) {
                    then.accept(value, (failure != null) ? unwrap(failure) : null);
                }
            });
        }
        catch (Throwable ex) {
            if (ended.compareAndSet(false, true)) {
                then.accept(null, ex);
            }
        }
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

}
