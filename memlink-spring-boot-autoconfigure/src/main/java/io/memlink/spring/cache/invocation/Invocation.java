package io.memlink.spring.cache.invocation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * An invocation of a cached method: what a cache has given it for the time until it puts,
 * and it has not put, is taken back at its end. Safe for use by many threads. <pre>
 * begin -- the caches are read --+-- the method runs -- the caches put --+-- end
 *                                '-- they have it, or fail --------------'
 * </pre> What a method returns may end before the method does, where its caller sets a
 * time limit. Then the caches still put, and the rest is taken back when the method ends.
 */
public final class Invocation {

    private static final ThreadLocal<@Nullable Invocation> PRESENT = new ThreadLocal<>();

    private final @Nullable Invocation outer;

    /** Guarded by this; {@code null} once it was done. */
    private @Nullable List<Runnable> atEnd = new ArrayList<>();

    /** Guarded by this. */
    private boolean running;

    /** Guarded by this. */
    private boolean over;

    private volatile @Nullable Outage outage;

    /**
     * What it may run by, one for each subscriber; those that are closed count no more.
     */
    private volatile List<Permit> permits = List.of();

    private Invocation(@Nullable Invocation outer) {
        this.outer = outer;
    }

    /**
     * Returns what has to be in place of the interceptor of Spring's caches, so that
     * invocations are known.
     * @param caches the interceptor of Spring's caches
     * @return an interceptor, safe for use by many threads
     */
    public static MethodInterceptor around(MethodInterceptor caches) {
        return new InvocationInterceptor(caches);
    }

    /**
     * Returns the invocation that the thread is in.
     * @return the innermost one; {@code null} for none that is known
     */
    public static @Nullable Invocation present() {
        return PRESENT.get();
    }

    static void setPresent(@Nullable Invocation invocation) {
        PRESENT.set(invocation);
    }

    /** Runs something as a part of an invocation, or of none. */
    static void within(@Nullable Invocation invocation, Runnable part) {
        Invocation before = PRESENT.get();
        setPresent(invocation);
        try {
            part.run();
        }
        finally {
            setPresent(before);
        }
    }

    /** Begins one within that of the thread, without changing that. */
    static Invocation begin() {
        return new Invocation(PRESENT.get());
    }

    /**
     * Sees to it that something is done at the end. After the end nothing is, since who
     * comes then has only kept a cache that this invocation had asked for.
     * @param action must not block, and must not throw
     */
    public synchronized void atEnd(Runnable action) {
        if (this.atEnd != null) {
            this.atEnd.add(action);
        }
    }

    /**
     * Lets the method wait until it may run, as a cache cannot be asked.
     * @param limit what bounds how many do
     * @param executor calls a method whose turn has come, if that returns a future or a
     * publisher
     */
    public void inOutage(LoadLimit limit, Executor executor) {
        this.outage = new Outage(limit, executor);
    }

    /**
     * Returns what the method has to wait for, unless there is a permit already.
     */
    @Nullable Outage outage() {
        return this.outage;
    }

    /**
     * Returns a permit by which the method may run: its own, or that of a method around
     * it. One that is called by a method that has a place needs none of its own: all
     * places could be taken by methods that wait for a second one.
     */
    @Nullable Permit permit() {
        for (Invocation around = this; around != null; around = around.outer) {
            for (Permit permit : around.permits) {
                if (permit.isOpen()) {
                    return permit;
                }
            }
        }
        return null;
    }

    /** Lets the method, and what it calls, run by a permit until that is closed. */
    synchronized void runsBy(Permit permit) {
        if (!this.permits.contains(permit)) {
            this.permits = Stream.concat(this.permits.stream().filter(Permit::isOpen), Stream.of(permit)).toList();
        }
    }

    synchronized void methodBegins() {
        this.running = true;
    }

    /** The caches have put what it returned, if its caller had not waited for it. */
    void methodEnds() {
        boolean late;
        synchronized (this) {
            this.running = false;
            late = this.over;
        }
        if (late) {
            takeBack();
        }
    }

    /** Whoever puts after a commit does so after the end. */
    void end() {
        synchronized (this) {
            this.over = true;
            if (this.running) {
                return;
            }
        }
        if (!Transactions.isActive()) {
            takeBack();
        }
    }

    private void takeBack() {
        List<Runnable> actions;
        synchronized (this) {
            actions = this.atEnd;
            this.atEnd = null;
        }
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

    /**
     * A cache that cannot be asked.
     *
     * @param limit bounds how many methods run for that reason
     * @param executor calls those that return futures or publishers, once they have
     * waited
     */
    record Outage(LoadLimit limit, Executor executor) {
    }

}
