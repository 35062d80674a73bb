package io.memlink.link.loop;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;
import org.jspecify.annotations.Nullable;

/**
 * The threads of event loops, which know what they are. Safe for use by many threads.
 */
public final class LoopThreads extends DefaultThreadFactory {

    /** Creates a factory of daemon threads. */
    public LoopThreads() {
        super("memlink-io", true);
    }

    @Override
    protected Thread newThread(Runnable task, String name) {
        return new LoopThread(this.threadGroup, task, name);
    }

    /** Returns whether the current thread is an event loop of any client. */
    public static boolean isCurrent() {
        return Thread.currentThread() instanceof LoopThread;
    }

    private static final class LoopThread extends FastThreadLocalThread {

        LoopThread(@Nullable ThreadGroup group, Runnable task, String name) {
            super(group, task, name);
        }

    }

}
