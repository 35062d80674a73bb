package io.memlink.spring.boot.autoconfigure;

import io.memlink.MemlinkClient;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/**
 * Lifecycle of a client within the application context, which starts and stops it more
 * than once where the context is paused or restored from a checkpoint. A client that is
 * used before the first start is running already, and is checked when the context starts.
 * Safe for use by many threads.
 */
final class MemlinkClientLifecycle implements SmartLifecycle {

    private final MemlinkClient client;

    private final @Nullable StartupCheck check;

    private volatile boolean started;

    /**
     * Creates a lifecycle.
     * @param client started and stopped; its bean closes it
     * @param check what each start waits for; {@code null} for nothing
     */
    MemlinkClientLifecycle(MemlinkClient client, @Nullable StartupCheck check) {
        this.client = client;
        this.check = check;
    }

    MemlinkClient client() {
        return this.client;
    }

    @Override
    public void start() {
        this.client.start();
        if (this.check != null) {
            check(this.check);
        }
        this.started = true;
    }

    private void check(StartupCheck check) {
        try {
            check.await(this.client);
        }
        catch (RuntimeException ex) {
            this.client.stop();
            throw ex;
        }
    }

    @Override
    public void stop() {
        this.started = false;
        this.client.stop();
    }

    @Override
    public boolean isRunning() {
        return this.started && this.client.isRunning();
    }

    @Override
    public int getPhase() {
        // Before the web server takes requests, and after it has finished them.
        return 0;
    }

}
