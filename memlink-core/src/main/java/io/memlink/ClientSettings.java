package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.memlink.cluster.journal.ClientJournals;
import io.memlink.cluster.routing.ClusterOptions;
import io.memlink.cluster.routing.DiscoveredBackends;
import io.memlink.cluster.routing.Router;
import io.memlink.discovery.Discovery;
import io.memlink.error.MemlinkClosedException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.loading.Loads;
import io.memlink.loading.UnleasedItems;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client as they were when it was built; makes what runs with them.
 * Immutable.
 *
 * @param protocol what is spoken
 * @param options of the connections
 * @param cluster of the backends
 * @param backends those that were given
 * @param discovery finds further ones, if wanted
 * @param discoveryInterval how often it is asked
 * @param maxItemBytes larger items are refused
 * @param throwOnUndecodable whether a value that cannot be decoded is a failure
 * @param closeTimeout how long operations may take after the end
 * @param ioThreads number of event loops
 * @param maxPendingRequests of all backends together
 * @param maxPendingBytes of all backends together
 * @param maxBackgroundLoads that go on at the same time
 * @param maxQueuedLoads that wait for those to end
 */
record ClientSettings(Protocol protocol, LinkOptions options, ClusterOptions cluster, List<Backend> backends,
        Discovery.@Nullable Factory discovery, Duration discoveryInterval, int maxItemBytes, boolean throwOnUndecodable,
        Duration closeTimeout, int ioThreads, int maxPendingRequests, long maxPendingBytes, int maxBackgroundLoads,
        int maxQueuedLoads) implements Function<ClientJournals, ClientRuntime> {

    /** Makes a runtime, which begins to connect in the background. */
    @Override
    public ClientRuntime apply(ClientJournals journals) {
        LinkResources resources = new LinkResources(this.ioThreads, this.maxPendingRequests, this.maxPendingBytes,
                this.maxBackgroundLoads);
        try {
            return create(journals, resources);
        }
        catch (Throwable ex) {
            resources.close();
            throw ex;
        }
    }

    /**
     * Makes a runtime that was never more than closed: it has no backends. What it is
     * asked to delete is in the journals for those of the first start.
     */
    static ClientRuntime closed(ClientJournals journals) {
        ClientSettings settings = MemlinkClient.builder().closeTimeout(Duration.ZERO).settings();
        LinkResources resources = new LinkResources(1, settings.maxPendingRequests, settings.maxPendingBytes);
        Router router = new Router(
                new MemlinkClosedException(Outcome.NOT_SENT, "client: closed before it was started", null),
                settings.cluster, journals, settings.protocol, settings.options, resources);
        ClientRuntime closed = settings.runtime(router, resources, null);
        closed.close();
        return closed;
    }

    /** Makes a runtime with resources that it closes, unless this fails. */
    ClientRuntime create(ClientJournals journals, LinkResources resources) {
        Router router;
        Runnable stopDiscovery = null;
        if (this.discovery == null) {
            router = new Router(this.backends, this.cluster, journals, this.protocol, this.options, resources);
        }
        else {
            Discovery found = this.discovery.create(this.protocol, this.options, resources);
            if (found == null) {
                throw new IllegalArgumentException(
                        "discovery: " + this.discovery.getClass().getName() + " made null (expected: a Discovery)");
            }
            DiscoveredBackends discovered = new DiscoveredBackends(found, this.discoveryInterval, resources.resolver());
            router = discovered.route(this.backends, this.cluster, journals, this.protocol, this.options, resources);
            stopDiscovery = discovered.watch(router, resources.timers());
        }
        return runtime(router, resources, stopDiscovery);
    }

    /**
     * Returns the settings as they take effect, for the log: neither a name nor a
     * password is among them.
     */
    @Override
    public String toString() {
        return "backends=" + this.backends + ", "
                + ((this.discovery != null) ? "discoveryInterval=" + this.discoveryInterval + ", " : "") + this.options
                + ", " + this.protocol + ", maxItemBytes=" + this.maxItemBytes + ", maxPendingRequests="
                + this.maxPendingRequests + ", maxPendingBytes=" + this.maxPendingBytes + ", ioThreads="
                + this.ioThreads + ", gutter=" + this.cluster.failover().gutter();
    }

    private ClientRuntime runtime(Router router, LinkResources resources, @Nullable Runnable stopDiscovery) {
        ValueRules rules = new ValueRules(new ItemSizeLimit(this.maxItemBytes),
                new UndecodableValues(this.throwOnUndecodable));
        Loads loads = new Loads(router, rules, resources.timers(), resources.background(), this.maxBackgroundLoads,
                this.maxQueuedLoads);
        return new ClientRuntime(router, new UnleasedItems(router), rules, loads, resources, stopDiscovery,
                this.closeTimeout);
    }

}
