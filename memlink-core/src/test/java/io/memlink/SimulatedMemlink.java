package io.memlink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.memlink.link.LinkResources;
import io.memlink.loading.SimulatedLoads;

/**
 * A client that is made of given resources, and what is inside.
 */
public final class SimulatedMemlink {

    private final ClientLifecycle lifecycle;

    private final MemlinkClient client;

    private SimulatedMemlink(ClientLifecycle lifecycle) {
        this.lifecycle = lifecycle;
        this.client = new DefaultMemlinkClient(lifecycle);
    }

    /** Makes a client and starts it, each time with other settings and resources. */
    public static SimulatedMemlink start(Supplier<MemlinkClientBuilder> builder, Supplier<LinkResources> resources) {
        ClientLifecycle lifecycle = new ClientLifecycle(
                (journals) -> builder.get().settings().create(journals, resources.get()));
        lifecycle.start();
        return new SimulatedMemlink(lifecycle);
    }

    /** Returns the client. */
    public MemlinkClient client() {
        return this.client;
    }

    /** Returns what a client that is idle must not have. */
    public List<String> leftOvers() {
        List<String> left = new ArrayList<>();
        SimulatedLoads.leftOvers(this.lifecycle.runtime().loads()).forEach(left::add);
        return left;
    }

}
