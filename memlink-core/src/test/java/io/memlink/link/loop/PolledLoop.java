package io.memlink.link.loop;

/**
 * An event loop without a thread of its own, which a simulation polls. Confined to the
 * thread of the simulation.
 */
public final class PolledLoop {

    private final DrivenLoop loop;

    private long nextTimerNanos = DrivenLoop.NEVER;

    public PolledLoop(DrivenLoop loop) {
        this.loop = loop;
    }

    public DrivenLoop loop() {
        return this.loop;
    }

    /** Returns whether there is something to do at a time. */
    public boolean isDue(long nanos) {
        return this.loop.hasQueued() || this.nextTimerNanos <= nanos;
    }

    /** Returns when the first timer is due. */
    public long nextTimerNanos() {
        return this.nextTimerNanos;
    }

    /** Does what is due. */
    public void poll() {
        this.nextTimerNanos = this.loop.poll();
    }

}
