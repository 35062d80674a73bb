package io.memlink.spring.cache.generation;

import java.util.function.LongSupplier;

import io.memlink.time.Timers;

/**
 * A clock of a test, with delays of this JVM.
 *
 * @param nanoClock the clock
 */
public record SteppedTime(LongSupplier nanoClock) implements Timers {

    @Override
    public long nanoTime() {
        return this.nanoClock.getAsLong();
    }

    @Override
    public void execute(Runnable task) {
        Timers.ofThisJvm().execute(task);
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        Timers.ofThisJvm().schedule(task, delayNanos);
    }

}
