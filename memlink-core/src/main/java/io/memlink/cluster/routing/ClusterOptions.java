package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Failover;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.RequestObserver;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.jspecify.annotations.Nullable;

/**
 * Options of a cluster's decisions. Immutable.
 *
 * @param locator decides which backend a key belongs to
 * @param failover what is done with keys whose backend cannot be used
 * @param journalOverflow what is done when more deletes were missed than a journal holds
 * @param listeners who is told what happens
 * @param observer surrounds each request; {@code null} where nothing does
 * @param slowRequest from when on a request is logged as slow; {@code null} for never
 * @since 0.1.0
 */
public record ClusterOptions(NodeLocator.Factory locator, Failover failover, JournalOverflow journalOverflow,
        List<ClusterListener> listeners, @Nullable RequestObserver observer, @Nullable Duration slowRequest) {

    public ClusterOptions {
        Objects.requireNonNull(locator, "locator");
        Objects.requireNonNull(failover, "failover");
        Objects.requireNonNull(journalOverflow, "journalOverflow");
        listeners = List.copyOf(listeners);
    }

    /**
     * Makes the locator for some backends.
     * @throws IllegalArgumentException where it refuses them, or there is none
     */
    NodeLocator newLocator(List<Backend> backends) {
        NodeLocator made = this.locator.create(backends);
        if (made == null) {
            throw new IllegalArgumentException(
                    "locator: " + this.locator.getClass().getName() + " made null (expected: a NodeLocator)");
        }
        return made;
    }

    long slowRequestNanos() {
        return (this.slowRequest != null) ? this.slowRequest.toNanos() : Long.MAX_VALUE;
    }

    /**
     * Returns options without failover and listeners.
     * @param locator decides which backend a key belongs to
     * @return the options
     */
    public static ClusterOptions of(NodeLocator.Factory locator) {
        return new ClusterOptions(locator, Failover.none(), JournalOverflow.SERVE, List.of(), null, null);
    }

}
