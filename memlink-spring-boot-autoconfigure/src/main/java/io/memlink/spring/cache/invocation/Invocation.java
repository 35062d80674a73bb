package io.memlink.spring.cache.invocation;

import java.util.ArrayList;
import java.util.List;

import org.aopalliance.intercept.MethodInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * An invocation of a cached method: what a cache has given it for the time until it puts,
 * and it has not put, is taken back at its end. Safe for use by many threads. <pre>
 * begin: the thread is in it --- leave: the thread is in the one around it again
 *    '------------------------------- end, once, in whatever thread the result came
 * </pre>
 */
public final class Invocation {

    private static final ThreadLocal<@Nullable Invocation> PRESENT = new ThreadLocal<>();

    private final @Nullable Invocation outer;

    /** Guarded by this; {@code null} once the invocation has ended. */
    private @Nullable List<Runnable> atEnd = new ArrayList<>(1);

    private volatile boolean inOutage;

    private Invocation(@Nullable Invocation outer) {
        this.outer = outer;
    }

    /**
     * Returns the invocation that the thread is in.
     * @return the innermost one; {@code null} for none that is known
     */
    public static @Nullable Invocation present() {
        return PRESENT.get();
    }

    /**
     * Returns what has to be around the interceptor of Spring's caches, so that
     * invocations are known.
     * @return an interceptor, safe for use by many threads
     */
    public static MethodInterceptor interceptor() {
        return new InvocationInterceptor();
    }

    static Invocation begin() {
        Invocation invocation = new Invocation(PRESENT.get());
        PRESENT.set(invocation);
        return invocation;
    }

    /** What the thread does from now on is no part of it. */
    void leave() {
        if (this.outer != null) {
            PRESENT.set(this.outer);
        }
        else {
            PRESENT.remove();
        }
    }

    /** Notes that the method runs because its cache cannot be asked. */
    public void inOutage() {
        this.inOutage = true;
    }

    /**
     * Returns whether a method around this one runs because its cache cannot be asked. A
     * method that is called by it needs no place of its own: each could have one, and all
     * wait for a second.
     * @return whether one does, this one included
     */
    public boolean isInOutage() {
        return this.inOutage || (this.outer != null && this.outer.isInOutage());
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

    void end() {
        List<Runnable> actions;
        synchronized (this) {
            actions = this.atEnd;
            this.atEnd = null;
        }
        if (actions != null) {
            actions.forEach(Runnable::run);
        }
    }

}
