package io.memlink.spring.cache.invocation;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The puts and evictions of the caches of one client that are pending while nobody waits
 * for them. Bounded: whoever adds to a full backlog waits for what it has added. So a
 * loop that puts runs as fast as the servers store, rather than into the bounds of the
 * client, which refuse what is beyond them. Safe for use by many threads.
 */
public final class WriteBacklog {

    /** Enough to keep a connection busy, and far below what is refused. */
    public static final int MAX = 256;

    private final int max;

    private final Consumer<CompletableFuture<?>> waiting;

    private final AtomicInteger pending = new AtomicInteger();

    /**
     * Creates an empty backlog.
     * @param max the most that may be pending before callers wait
     * @param waiting waits until a write has ended, and throws where the thread must not
     * wait, or was interrupted
     */
    public WriteBacklog(int max, Consumer<CompletableFuture<?>> waiting) {
        this.max = max;
        this.waiting = waiting;
    }

    /**
     * Adds a write. Waits until it has ended where too many are pending, unless this is a
     * thread that must not wait, of an event loop or of Reactor.
     * @param write completed when it has ended, however that is
     */
    public void add(CompletableFuture<?> write) {
        if (write.isDone()) {
            return;
        }
        boolean full = this.pending.incrementAndGet() > this.max;
        write.whenComplete((result, failure) -> this.pending.decrementAndGet());
        if (full && !ReactiveCalls.isInNonBlockingThread()) {
            await(write.handle((result, failure) -> null));
        }
    }

    int pending() {
        return this.pending.get();
    }

    private void await(CompletableFuture<?> ended) {
        try {
            this.waiting.accept(ended);
        }
        catch (RuntimeException ex) {
            // It goes on without anybody waiting, as it does below the bound.
        }
    }

}
