package io.memlink.link.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Ticker;

/** The event loops of a client. Safe for use by many threads. */
public final class DrivenLoops extends MultiThreadIoEventLoopGroup {

    private final List<DrivenLoop> all = new ArrayList<>();

    /** How often some were asked for. */
    private final AtomicInteger begun = new AtomicInteger();

    /**
     * Creates loops whose threads begin with their first task.
     * @param count how many there are
     * @param handlers what waits for events
     * @param driving what callers may do
     * @param threads the threads that they run on
     * @param ticker the time
     * @param late tell what callers have left, and may be blocked by that
     */
    public DrivenLoops(int count, IoHandlerFactory handlers, Driving driving, Threads threads, Ticker ticker,
            Executor late) {
        super(count, threads.loops(), handlers, driving, ticker, late);
        forEach((loop) -> this.all.add((DrivenLoop) loop));
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
        return new DrivenLoop(this, executor, handlers, (Driving) arguments[0], (Ticker) arguments[1],
                (Executor) arguments[2]);
    }

    /**
     * Returns event loops for connections that belong together: as different ones as
     * there are, and each time beginning with another one, since the first does most.
     * @param count how many connections
     * @return as many event loops
     */
    public List<DrivenLoop> some(int count) {
        int first = this.begun.getAndIncrement();
        return IntStream.range(first, first + count)
            .mapToObj((i) -> this.all.get(Math.floorMod(i, this.all.size())))
            .toList();
    }

    @Override
    public DrivenLoop next() {
        return (DrivenLoop) super.next();
    }

    /**
     * The part that callers may take, as far as the way in which events are waited for
     * allows.
     */
    public enum Driving {

        /** The loop's own thread alone may be the loop. */
        NONE,

        /** Any thread may be the loop, but none while another one waits for events. */
        ALTERNATING,

        /** Any thread may be the loop, also while another one waits for events. */
        CONCURRENT

    }

}
