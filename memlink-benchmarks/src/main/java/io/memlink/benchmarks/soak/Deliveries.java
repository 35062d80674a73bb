package io.memlink.benchmarks.soak;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The changes of one application that no server has acknowledged to whoever made them,
 * and when the other applications must see them too. Safe for use by many threads.
 * <p>
 * "Other clients read what this client owes a delete of | until it is delivered"
 * (reliability.md). An eviction that was not carried out is in the journal as soon as it
 * has failed, which takes a request timeout at most. Where the journal is empty after
 * that, it was delivered.
 */
final class Deliveries {

    /**
     * Many request timeouts; a generation that is not known may come before the delete.
     */
    private static final long FAILED_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final CacheApplication application;

    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();

    Deliveries(CacheApplication application) {
        this.application = application;
    }

    private record Change(KeyTruth truth, long version, long dueNanos) {
    }

    /** A change was made, by whatever request. */
    void add(KeyTruth truth, long version) {
        this.changes.add(new Change(truth, version, System.nanoTime() + FAILED_NANOS));
    }

    /**
     * Looks whether changes have been delivered; called by one thread, again and again.
     */
    void look() {
        long now = System.nanoTime();
        if (this.application.owed() > 0) {
            return;
        }
        for (Change change = this.changes.peek(); change != null
                && change.dueNanos() - now < 0; change = this.changes.peek()) {
            this.changes.remove();
            change.truth().acknowledged(change.version());
        }
    }

}
