package io.memlink.link.loop;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadPerTaskExecutor;

/** The threads of a client: everything that runs beside its callers is begun here. */
public interface Threads {

    /** Returns what runs each event loop, from its first task to its end. */
    Executor loops();

    /**
     * Returns what watches over the event loops; it is started with the first of them.
     */
    Thread watchdog(Runnable watch);

    /**
     * Returns some threads whose tasks may block. They end when they are idle, and reject
     * what would have to wait for too much.
     */
    ExecutorService blocking(String name, int count);

    /** Returns threads of this JVM, none of which keeps it from ending but the loops. */
    static Threads ofThisJvm() {
        return new ThreadsOfThisJvm();
    }

    /** Real threads. */
    final class ThreadsOfThisJvm implements Threads {

        private static final long KEEP_ALIVE_SECONDS = 5;

        private static final int MAX_WAITING_TASKS = 1024;

        private ThreadsOfThisJvm() {
        }

        @Override
        public Executor loops() {
            return new ThreadPerTaskExecutor(new LoopThreads());
        }

        @Override
        public Thread watchdog(Runnable watch) {
            Thread thread = new Thread(watch, "memlink-watchdog");
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public ExecutorService blocking(String name, int count) {
            ThreadPoolExecutor threads = new ThreadPoolExecutor(count, count, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
                    new LinkedBlockingQueue<>(MAX_WAITING_TASKS), new DefaultThreadFactory(name, true));
            threads.allowCoreThreadTimeOut(true);
            return threads;
        }

    }

}
