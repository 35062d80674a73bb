package io.memlink;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.memlink.cluster.routing.Router;
import io.memlink.link.LinkResources;
import io.memlink.loading.Loads;
import io.memlink.loading.UnleasedItems;
import org.jspecify.annotations.Nullable;

/**
 * Everything a running client consists of, made and closed together. Immutable; safe for
 * use by many threads.
 *
 * @param router sends requests to the backends
 * @param items the operations for which a lease is no item
 * @param rules what holds for values of every type
 * @param loads the loads in progress
 * @param resources the event loops and threads, which end last
 * @param stopDiscovery ends the search for backends; {@code null} where they are given
 * @param closeTimeout how long operations in progress may take once it is closed
 */
record ClientRuntime(Router router, UnleasedItems items, ValueRules rules, Loads loads, LinkResources resources,
        @Nullable Runnable stopDiscovery, Duration closeTimeout) {

    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(1);

    /**
     * Ends operations in progress, within the close timeout. On an event loop it returns
     * at once, since waiting there would keep the loop from closing the connections.
     */
    void close() {
        try {
            if (this.stopDiscovery != null) {
                this.stopDiscovery.run();
            }
        }
        finally {
            closeConnections();
        }
    }

    private void closeConnections() {
        this.loads.close();
        CompletableFuture<Void> closed = this.router.close(this.closeTimeout);
        if (this.resources.isLoopThread()) {
            closed.whenComplete((nothing, failure) -> this.resources.close());
            return;
        }
        if (await(closed, this.closeTimeout.toNanos() + MARGIN_NANOS)) {
            this.resources.close();
            return;
        }
        // Whoever is in a hurry has all end now, and in the same way. A second
        // interruption changes nothing.
        await(this.router.close(Duration.ZERO), MARGIN_NANOS);
        this.resources.close();
        Thread.currentThread().interrupt();
    }

    /** Returns whether nobody has interrupted the wait. */
    private static boolean await(CompletableFuture<Void> closed, long nanos) {
        try {
            closed.get(nanos, TimeUnit.NANOSECONDS);
        }
        catch (InterruptedException ex) {
            return false;
        }
        catch (ExecutionException | TimeoutException ex) {
            // What is left ends with the event loops.
        }
        return true;
    }

}
