package io.memlink.link.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The decision whether callers are to watch an event loop, or its own thread. Safe for
 * use by many threads, except for what is the own thread's.
 * <p>
 * Callers never watch unless the transport allows it; otherwise as long as at most
 * {@value #MAX_DRIVERS} wait at a time. One more, and the own thread takes over;
 * {@value #LONELY_CALLS} calls in a row without that many, and callers watch again. The
 * own thread also takes over where no caller has driven for {@value #QUIET_MILLIS} ms.
 */
final class Leadership {

    /** How many callers may wait at a time for callers to watch. */
    static final int MAX_DRIVERS = 2;

    static final int LONELY_CALLS = 16;

    static final long QUIET_MILLIS = 50;

    private final boolean possible;

    private final AtomicInteger callers = new AtomicInteger();

    private volatile boolean begun;

    private volatile boolean callersLead;

    /** Calls in a row that found few others; races do no harm. */
    private int lonely;

    /** How often callers have watched, for the own thread to see that they do. */
    private volatile int drives;

    /** As the own thread saw it last, and since when. */
    private int seenDrives;

    private long quietSinceNanos;

    Leadership(boolean possible) {
        this.possible = possible;
    }

    /** The loop can be watched from now on. */
    void begin() {
        this.begun = true;
    }

    /** Returns whether callers may ever watch. */
    boolean isPossible() {
        return this.possible;
    }

    boolean callersLead() {
        return this.callersLead;
    }

    /** One more caller waits. */
    void arrived() {
        if (this.callers.incrementAndGet() > MAX_DRIVERS) {
            this.lonely = 0;
            if (this.callersLead) {
                this.callersLead = false;
            }
        }
        else if (!this.callersLead && this.begun && ++this.lonely >= LONELY_CALLS) {
            this.lonely = 0;
            this.callersLead = this.possible;
        }
    }

    /** One caller less waits. */
    void left() {
        this.callers.decrementAndGet();
    }

    /** Returns how many callers wait. */
    int callers() {
        return this.callers.get();
    }

    /** A caller drives; called with the watch. */
    void drives() {
        this.drives++;
    }

    /** Returns how often callers have driven. */
    int driveCount() {
        return this.drives;
    }

    /** Begins to look whether callers drive; the own thread's. */
    void beginToLook(long nowNanos) {
        this.seenDrives = this.drives;
        this.quietSinceNanos = nowNanos;
    }

    /** Returns whether no caller has driven for some time; the own thread's. */
    boolean areCallersQuiet(long nowNanos) {
        if (this.seenDrives != this.drives) {
            beginToLook(nowNanos);
        }
        return nowNanos - this.quietSinceNanos >= TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
    }

    /** The own thread has taken over. */
    void end() {
        this.callersLead = false;
    }

}
