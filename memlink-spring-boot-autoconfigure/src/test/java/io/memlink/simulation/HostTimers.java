package io.memlink.simulation;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.time.Timers;

/**
 * The time on the host of a client, where nothing happens while it stands still.
 *
 * @param client the client
 * @param time the time everywhere
 * @param chance of this host
 * @param pending how many have not ended
 */
record HostTimers(SimulatedClient client, SimulatedTime time, Chance chance, AtomicInteger pending) implements Timers {

    HostTimers(SimulatedClient client, SimulatedTime time, Chance chance) {
        this(client, time, chance, new AtomicInteger());
    }

    @Override
    public long nanoTime() {
        return this.time.nanoTime();
    }

    @Override
    public Instant now() {
        return this.time.instant();
    }

    @Override
    public double random() {
        return this.chance.nextDouble();
    }

    @Override
    public void execute(Runnable task) {
        schedule(task, 0);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        this.pending.incrementAndGet();
        this.client.after(delayNanos, () -> {
            this.pending.decrementAndGet();
            task.run();
        });
    }

}
