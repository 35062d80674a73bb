package io.memlink.simulation;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.util.concurrent.Ticker;

/**
 * The time on the host of a client in one of its runs, from which its channels also know
 * where they are.
 *
 * @param time the time everywhere
 * @param network what connects the hosts
 * @param client the number of the client
 * @param atEnd how often somebody has looked while its loops were ending
 */
record HostTicker(SimulatedTime time, Network network, int client, AtomicLong atEnd) implements Ticker {

    HostTicker(SimulatedTime time, Network network, int client) {
        this(time, network, client, new AtomicLong());
    }

    /** Its loops end at this moment, and wait for some time to pass before they do. */
    void end() {
        this.atEnd.set(1);
    }

    @Override
    public long initialNanoTime() {
        return this.time.initialNanoTime();
    }

    @Override
    public long nanoTime() {
        return this.time.nanoTime() + ((this.atEnd.get() > 0) ? this.atEnd.getAndIncrement() : 0);
    }

    @Override
    public void sleep(long delay, TimeUnit unit) {
        this.time.sleep(delay, unit);
    }

}
