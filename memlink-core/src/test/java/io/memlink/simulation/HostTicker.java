package io.memlink.simulation;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.Ticker;

/**
 * The time on the host of a client, from which its channels also know where they are.
 *
 * @param time the time everywhere
 * @param network what connects the hosts
 * @param client the number of the client
 */
record HostTicker(SimulatedTime time, Network network, int client) implements Ticker {

    @Override
    public long initialNanoTime() {
        return this.time.initialNanoTime();
    }

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        this.time.sleep(delay, unit);
    }

}
