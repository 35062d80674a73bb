package io.memlink.link.loop;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for what it sends. While it does, it may stand in for the event
 * loop, which saves the way there and back. Confined to its thread, except for what says
 * otherwise.
 * <p>
 * What is sent in a call is seen to by the thread: it is written when the thread begins
 * to wait, and outcomes are told by the thread itself, so that values are decoded, and
 * what depends on a reply runs, where they were asked for. What is sent then is seen to
 * in the same way, so an operation of several requests is driven as a whole. The code
 * that sends may do something else before it lets the thread wait, even wait for one of
 * the futures: so the loop itself sees, after a while, to what the thread has not seen to
 * by then. Virtual threads do not stand in for anybody, since waiting for events would
 * hold the thread that carries them.
 */
public final class SyncCaller implements LoopRoles.Seated {

    private static final ThreadLocal<@Nullable SyncCaller> CURRENT = new ThreadLocal<>();

    private static final CompletableFuture<?> NO_RESULT = new CompletableFuture<>();

    private static final @Nullable MethodHandle IS_VIRTUAL = isVirtualHandle();

    private final Thread thread = Thread.currentThread();

    private boolean calling;

    /** What it has sent and will see to, in order. */
    private Deque<Awaited> sent = new ArrayDeque<>(4);

    /** What it waits for; read by other threads while it has a seat. */
    private @Nullable Awaited awaited;

    private CompletableFuture<?> result = NO_RESULT;

    /** Whether it waits, and looks at whatever has an outcome. */
    private volatile boolean waiting;

    /** Whether it has waited so long that others had better watch. */
    private volatile boolean stoppedDriving;

    /** The loop whose turn it has. */
    private @Nullable DrivenLoop standsInFor;

    private SyncCaller() {
    }

    private static @Nullable MethodHandle isVirtualHandle() {
        try {
            return MethodHandles.publicLookup()
                .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        }
        catch (ReflectiveOperationException ex) {
            // Before JDK 21.
            return null;
        }
    }

    private static boolean isVirtual(Thread thread) {
        MethodHandle isVirtual = IS_VIRTUAL;
        try {
            return isVirtual != null && (boolean) isVirtual.invokeExact(thread);
        }
        catch (Throwable ex) {
            return true;
        }
    }

    private static SyncCaller current() {
        SyncCaller caller = CURRENT.get();
        if (caller == null) {
            caller = new SyncCaller();
            CURRENT.set(caller);
        }
        return caller;
    }

    /**
     * Returns the current thread where the request that it is about to send is one that
     * it sees to.
     */
    public static @Nullable SyncCaller sending() {
        if (LoopThreads.isCurrent()) {
            return null;
        }
        SyncCaller caller = CURRENT.get();
        return (caller != null && caller.calling && caller.standsInFor == null) ? caller : null;
    }

    /** Returns the event loop of what it has sent and sees to, if there is any. */
    @Nullable DrivenLoop loop() {
        Awaited first = this.sent.peek();
        return (first != null && !first.isAnswered()) ? first.loop() : null;
    }

    /** Sees to a request once it waits; one that was refused is answered already. */
    public void seeTo(Awaited sent) {
        this.sent.add(sent);
    }

    /**
     * Returns whether the current thread is an event loop of any client, or stands in for
     * one: waiting there for a reply may be waiting for itself.
     * @return whether it is
     */
    public static boolean isOnLoop() {
        return LoopThreads.isCurrent() || standingInFor() != null;
    }

    /**
     * Refuses to wait where that would be for ever.
     * @param what was called, for the message
     * @throws IllegalStateException {@linkplain #isOnLoop on an event loop}
     */
    public static void refuseToWaitOnLoop(String what) {
        if (isOnLoop()) {
            throw new IllegalStateException(what + " in a callback: the event loop " + Thread.currentThread().getName()
                    + " would wait for itself (expected: thenCompose with the operation that returns a future, or"
                    + " callbacks on an executor of their own, MemlinkClientBuilder.callbackExecutor)");
        }
    }

    /**
     * Returns the loop that completes futures which the current thread has come by while
     * it stands in for that loop; {@code null} where it completes them itself.
     */
    public static @Nullable DrivenLoop standingInFor() {
        if (LoopThreads.isCurrent()) {
            return null;
        }
        SyncCaller caller = CURRENT.get();
        return (caller != null) ? caller.standsInFor : null;
    }

    /**
     * Calls an operation, and waits for its result.
     * @param operation sends, and returns the future of the result
     * @param nanos how long to wait
     * @return the result
     * @throws InterruptedException where the thread is interrupted before there is a
     * result; the request is withdrawn, or its reply discarded
     * @throws ExecutionException where the operation fails
     * @throws TimeoutException where there is no result within the time
     */
    public static <T extends @Nullable Object> T call(Supplier<CompletableFuture<T>> operation, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (isVirtual(Thread.currentThread())) {
            return await(operation.get(), nanos);
        }
        return current().callHere(operation, nanos);
    }

    private <T extends @Nullable Object> T callHere(Supplier<CompletableFuture<T>> operation, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        if (this.calling) {
            // What encodes or decodes a value calls as well.
            writeSent();
            return new SyncCaller().callNested(this, operation, nanos);
        }
        this.calling = true;
        try {
            CompletableFuture<T> result = Objects.requireNonNull(operation.get(),
                    "operation: null (expected: a future)");
            long restNanos = this.sent.isEmpty() ? nanos : drive(result, System.nanoTime() + nanos);
            return await(result, restNanos);
        }
        finally {
            this.calling = false;
            this.result = NO_RESULT;
            leave();
        }
    }

    private <T extends @Nullable Object> T callNested(SyncCaller outer, Supplier<CompletableFuture<T>> operation,
            long nanos) throws InterruptedException, ExecutionException, TimeoutException {
        CURRENT.set(this);
        try {
            return callHere(operation, nanos);
        }
        finally {
            CURRENT.set(outer);
        }
    }

    /**
     * Waits for a result, and does nothing else.
     * @param result the result
     * @param nanos how long to wait
     * @return the result
     * @throws InterruptedException where the thread is interrupted before it is there,
     * which is cancelled
     * @throws ExecutionException where it is a failure
     * @throws TimeoutException where it is not there within the time, and cancelled
     */
    public static <T extends @Nullable Object> T await(CompletableFuture<T> result, long nanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return result.get(nanos, TimeUnit.NANOSECONDS);
        }
        catch (InterruptedException | TimeoutException ex) {
            result.cancel(false);
            throw ex;
        }
    }

    /**
     * Does something that the thread sees to nothing of, and waits for in another way.
     * Where it is in a call, that is not concerned.
     * @param work sends and waits
     * @return its result
     */
    public static <T> T aside(Supplier<T> work) {
        SyncCaller outer = CURRENT.get();
        if (outer == null || !outer.calling) {
            return work.get();
        }
        outer.writeSent();
        CURRENT.remove();
        try {
            return work.get();
        }
        finally {
            CURRENT.set(outer);
        }
    }

    /** The thread is going to do something else first. */
    private void writeSent() {
        for (Awaited each : this.sent) {
            if (!each.isAnswered()) {
                each.writeLater();
            }
        }
    }

    /**
     * Sees to what was sent until there is the result, or nothing of it is left; returns
     * how much time is left.
     */
    private long drive(CompletableFuture<?> result, long deadlineNanos) {
        this.result = result;
        if (result != this.sent.peek()) {
            // It may be completed by somebody else as well.
            result.whenComplete((value, failure) -> wake());
        }
        while (!result.isDone() && !this.sent.isEmpty()) {
            this.waiting = true;
            try {
                waitForNews(deadlineNanos);
            }
            finally {
                this.waiting = false;
            }
            if (!finishAnswered()) {
                break;
            }
        }
        return deadlineNanos - System.nanoTime();
    }

    private void waitForNews(long deadlineNanos) {
        if (!hasNews()) {
            Awaited first = this.sent.getFirst();
            this.stoppedDriving = !areOfOneLoop();
            this.awaited = first;
            first.loop().await(this, first, deadlineNanos);
            this.awaited = null;
        }
    }

    /** What goes elsewhere is written by others, who are not to be waited for here. */
    private boolean areOfOneLoop() {
        if (this.sent.size() == 1) {
            return true;
        }
        Awaited first = this.sent.getFirst();
        boolean one = true;
        for (Awaited each : this.sent) {
            each.writeUnlessWith(first);
            one &= each.isAnswered() || each.loop() == first.loop();
        }
        return one;
    }

    private boolean finishAnswered() {
        boolean some = false;
        int count = this.sent.size();
        if (count > 1) {
            // What depends on one may wait for another.
            for (Awaited each : this.sent) {
                if (each.isAnswered()) {
                    each.keep();
                }
            }
        }
        for (int i = 0; i < count; i++) {
            Awaited next = this.sent.removeFirst();
            if (next.isAnswered()) {
                next.finish();
                some = true;
            }
            else {
                this.sent.addLast(next);
            }
        }
        return some;
    }

    /** Returns whether there is nothing to wait for at the moment. */
    boolean hasNews() {
        Awaited first = this.sent.peek();
        return (first != null && first.isAnswered()) || this.result.isDone()
                || (this.sent.size() > 1 && isAnyAnswered());
    }

    private boolean isAnyAnswered() {
        for (Awaited each : this.sent) {
            if (each.isAnswered()) {
                return true;
            }
        }
        return false;
    }

    private void leave() {
        Awaited left = this.sent.poll();
        while (left != null) {
            left.abandon();
            left = this.sent.poll();
        }
    }

    Thread thread() {
        return this.thread;
    }

    /** Returns whether it looks at whatever has an outcome. Any thread may ask. */
    public boolean isWaiting() {
        return this.waiting;
    }

    void standInFor(@Nullable DrivenLoop loop) {
        this.standsInFor = loop;
    }

    void stopDriving() {
        this.stoppedDriving = true;
    }

    boolean hasStoppedDriving() {
        return this.stoppedDriving;
    }

    @Override
    public boolean mayWatch() {
        Awaited awaited = this.awaited;
        return awaited != null && !this.stoppedDriving && !awaited.isAnswered();
    }

    /** Has it look again what it waits for. Any thread may call. */
    @Override
    public void wake() {
        LockSupport.unpark(this.thread);
    }

    @Override
    public String toString() {
        return "SyncCaller[" + this.thread.getName() + "]";
    }

}
