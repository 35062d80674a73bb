package io.memlink.link;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoop;

/**
 * The clock and the tasks of an event loop.
 *
 * @param loop the event loop
 */
record LoopTimers(EventLoop loop) implements Timers {

    @Override
    public long nanoTime() {
        return this.loop.ticker().nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        try {
            this.loop.execute(task);
        }
        catch (RejectedExecutionException ex) {
            // The client was closed.
        }
    }

    @Override
    public void schedule(Runnable task, long delayNanos) {
        try {
            this.loop.schedule(task, Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
        }
        catch (RejectedExecutionException ex) {
            // The client was closed.
        }
    }

}
