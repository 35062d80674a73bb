package io.memlink;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Loaders of a caller that waits for a value, some of which are asked for when it need
 * not wait any more.
 */
class CallerThreadTests {

    private final Queue<Runnable> elsewhere = new ArrayDeque<>();

    private final CallerThread caller = new CallerThread(this.elsewhere::add);

    @Test
    void callsALoaderInTheThreadThatWaits() {
        CompletableFuture<Thread> loaded = this.caller.call(Thread::currentThread);
        this.caller.await(loaded);
        assertThat(loaded).isCompletedWithValue(Thread.currentThread());
        assertThat(this.elsewhere).isEmpty();
    }

    @Test
    void aLoaderWhoseValueNobodyWaitsForIsCalledElsewhere() {
        CompletableFuture<String> refreshed = this.caller.call(() -> "new");
        this.caller.await(CompletableFuture.completedFuture("old"));
        assertThat(refreshed).isNotDone();
        assertThat(this.elsewhere).hasSize(1);
        this.elsewhere.remove().run();
        assertThat(refreshed).isCompletedWithValue("new");
    }

    @Test
    void aLoaderThatCannotBeCalledElsewhereFails() {
        RejectedExecutionException refusal = new RejectedExecutionException("full");
        CallerThread refused = new CallerThread((loader) -> {
            throw refusal;
        });
        CompletableFuture<String> refreshed = refused.call(() -> "new");
        refused.await(CompletableFuture.completedFuture("old"));
        assertThat(refreshed.handle((value, failure) -> failure)).isCompletedWithValue(refusal);
    }

    @Test
    void whoeverAsksLaterCallsALoaderItself() {
        this.caller.await(CompletableFuture.completedFuture("old"));
        assertThat(this.caller.call(() -> "new")).isCompletedWithValue("new");
    }

}
