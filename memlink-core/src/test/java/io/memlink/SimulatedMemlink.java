package io.memlink;

import java.util.ArrayList;
import java.util.List;

import io.memlink.link.LinkResources;
import io.memlink.loading.SimulatedLoads;

/**
 * A client that is made of given resources, and what is inside.
 */
public final class SimulatedMemlink {

    private final ClientRuntime runtime;

    private final MemlinkClient client;

    private SimulatedMemlink(ClientRuntime runtime, MemlinkClient client) {
        this.runtime = runtime;
        this.client = client;
    }

    /** Makes a client and starts it. */
    public static SimulatedMemlink start(MemlinkClientBuilder builder, LinkResources resources) {
        ClientRuntime runtime = builder.settings().create(resources);
        ClientLifecycle lifecycle = new ClientLifecycle(() -> runtime);
        lifecycle.start();
        return new SimulatedMemlink(runtime, new DefaultMemlinkClient(lifecycle));
    }

    /** Returns the client. */
    public MemlinkClient client() {
        return this.client;
    }

    /** Returns what a client that is idle must not have. */
    public List<String> leftOvers() {
        List<String> left = new ArrayList<>();
        SimulatedLoads.leftOvers(this.runtime.loads()).forEach(left::add);
        return left;
    }

}
