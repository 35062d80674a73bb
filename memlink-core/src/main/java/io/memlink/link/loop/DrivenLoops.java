package io.memlink.link.loop;

import java.util.concurrent.Executor;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.Ticker;

/** The event loops of a client. Safe for use by many threads. */
public final class DrivenLoops extends MultiThreadIoEventLoopGroup {

    /**
     * Creates loops whose threads begin with their first task.
     * @param count how many there are
     * @param handlers what waits for events
     * @param driving what callers may do
     * @param threads the threads that they run on
     * @param ticker the time
     */
    public DrivenLoops(int count, IoHandlerFactory handlers, Driving driving, Threads threads, Ticker ticker) {
        super(count, threads.loops(), handlers, driving, ticker);
    }

    @Override
    protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
        return new DrivenLoop(this, executor, handlers, (Driving) arguments[0], (Ticker) arguments[1]);
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
