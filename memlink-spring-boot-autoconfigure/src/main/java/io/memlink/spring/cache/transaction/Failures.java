package io.memlink.spring.cache.transaction;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Failures of steps that are all to be taken.
 */
final class Failures {

    private @Nullable RuntimeException first;

    /** Takes a step; its failure goes to a handler, which may throw it. */
    void run(Runnable step, Consumer<RuntimeException> handler) {
        try {
            step.run();
        }
        catch (RuntimeException ex) {
            handle(ex, handler);
        }
    }

    private void handle(RuntimeException failure, Consumer<RuntimeException> handler) {
        try {
            handler.accept(failure);
        }
        catch (RuntimeException ex) {
            this.first = (this.first != null) ? this.first : ex;
        }
    }

    void throwFirst() {
        if (this.first != null) {
            throw this.first;
        }
    }

}
