package io.memlink.spring.boot.autoconfigure;

import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import org.jspecify.annotations.Nullable;

/**
 * The client that carries operations: a new one after each start, and after a stop the
 * last one, whose operations fail because it is closed. Safe for use by many threads.
 */
final class RunningClient implements Supplier<MemlinkClient> {

    private final Supplier<MemlinkClient> factory;

    private volatile @Nullable MemlinkClient client;

    private volatile boolean running;

    RunningClient(Supplier<MemlinkClient> factory) {
        this.factory = factory;
    }

    /** Returns the client; before the first start it begins early. */
    @Override
    public MemlinkClient get() {
        MemlinkClient client = this.client;
        return (client != null) ? client : first();
    }

    private synchronized MemlinkClient first() {
        MemlinkClient client = this.client;
        if (client == null) {
            client = this.factory.get();
            this.client = client;
            this.running = true;
        }
        return client;
    }

    synchronized void start() {
        if (!this.running) {
            this.client = this.factory.get();
            this.running = true;
        }
    }

    synchronized void stop() {
        MemlinkClient client = this.client;
        if (this.running && client != null) {
            this.running = false;
            client.close();
        }
    }

    boolean isRunning() {
        return this.running;
    }

}
