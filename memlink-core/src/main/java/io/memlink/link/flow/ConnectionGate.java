package io.memlink.link.flow;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The gate of one connection: counts the requests inside, and once it was shut tells when
 * the last one has left. Safe for use by many threads; never blocks.
 */
public final class ConnectionGate {

    /*
     * One word holds whether the gate is shut, how many requests are inside, and their
     * bytes, so each step sees all that came before it:
     *
     * 1. Whoever enters adds itself, and sees in the same step whether the gate was shut.
     * If it was, or there is no room here or in the whole, it subtracts itself again. So
     * a request is either refused, or was inside before the gate was shut and is waited
     * for.
     *
     * 2. Whoever makes the word "shut, nobody inside" calls lastLeft: the one that shuts
     * an empty gate, the last request that leaves, and also one that was refused and was
     * counted for a moment. So there is no order of steps after which an empty shut gate
     * is not told of: a loop that looked while a refused one was counted is told again.
     *
     * 3. lastLeft may be called several times, since each refused request comes and goes.
     * It is called after the step, and whoever is called looks at isEmpty again.
     *
     * So each two steps that meet end well, whichever comes first:
     *
     * (a) enter and shut: the request is counted and waited for, or it is refused.
     *
     * (b) enter without room, and shut: the request is refused, and the later step tells.
     *
     * (c) leave and shut: the later step tells.
     *
     * (d) leave and enter: the later step tells, if the gate was shut and the request is
     * refused.
     *
     * (e) shut and shut: the second one has no effect.
     *
     * (f) shut, and the end of the connection: all inside leave, and the last one tells.
     */

    /** Requests are counted above this bit, bytes below it. */
    private static final int BYTES_BITS = 40;

    private static final long ONE_REQUEST = 1L << BYTES_BITS;

    private static final long BYTES_MASK = ONE_REQUEST - 1;

    private static final long SHUT = 1L << 62;

    private static final Refusal BECAUSE_SHUT = new Refusal(true, "shut");

    private final int maxRequests;

    private final long maxBytes;

    private final Budget whole;

    private final Runnable lastLeft;

    private final AtomicLong word = new AtomicLong();

    /**
     * Creates a gate that is open.
     * @param maxRequests how many may be inside
     * @param maxBytes how many bytes they may have
     * @param whole what the connection is a part of, whose permits each request needs too
     * @param lastLeft called, in any thread and maybe several times, when the gate is
     * shut and nobody inside
     */
    public ConnectionGate(int maxRequests, long maxBytes, Budget whole, Runnable lastLeft) {
        this.maxRequests = maxRequests;
        this.maxBytes = maxBytes;
        this.whole = whole;
        this.lastLeft = lastLeft;
    }

    /** Lets one request in; otherwise returns why not. */
    public @Nullable Refusal enter(int bytes) {
        long word = this.word.addAndGet(ONE_REQUEST + bytes);
        boolean shut = (word & SHUT) != 0;
        Object exceeded = null;
        if (!shut) {
            boolean full = requests(word) > this.maxRequests || (word & BYTES_MASK) > this.maxBytes;
            exceeded = full ? this : this.whole.acquire(bytes);
            if (exceeded == null) {
                return null;
            }
        }
        subtract(bytes);
        return (exceeded != null) ? refused(exceeded, bytes) : BECAUSE_SHUT;
    }

    private static Refusal refused(Object exceeded, int bytes) {
        return new Refusal(false, exceeded + "; this request takes " + bytes + " bytes");
    }

    /** Lets one request in without which there would be no connection. */
    public void force(int bytes) {
        this.whole.force(bytes);
        this.word.addAndGet(ONE_REQUEST + bytes);
    }

    /** One request leaves. */
    public void leave(int bytes) {
        this.whole.release(bytes);
        subtract(bytes);
    }

    private void subtract(int bytes) {
        if (this.word.addAndGet(-(ONE_REQUEST + bytes)) == SHUT) {
            this.lastLeft.run();
        }
    }

    /** Lets nobody in any more. */
    public void shut() {
        if (this.word.accumulateAndGet(SHUT, (word, shut) -> word | shut) == SHUT) {
            this.lastLeft.run();
        }
    }

    public boolean isShut() {
        return (this.word.get() & SHUT) != 0;
    }

    /** Returns whether nobody is inside, nor on the way to being refused. */
    public boolean isEmpty() {
        return (this.word.get() & ~SHUT) == 0;
    }

    public int requests() {
        return requests(this.word.get());
    }

    private static int requests(long word) {
        return (int) ((word & ~SHUT) >>> BYTES_BITS);
    }

    public long bytes() {
        return this.word.get() & BYTES_MASK;
    }

    /**
     * The reason why a request was not let in.
     *
     * @param shut whether the gate was shut, and the request belongs elsewhere
     * @param bound otherwise the bound that it would exceed, with its figures
     */
    public record Refusal(boolean shut, String bound) {
    }

    @Override
    public String toString() {
        return "connection: " + requests() + " of " + this.maxRequests + " requests, " + bytes() + " of "
                + this.maxBytes + " bytes";
    }

}
