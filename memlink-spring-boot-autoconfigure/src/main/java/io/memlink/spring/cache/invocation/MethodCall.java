package io.memlink.spring.cache.invocation;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Method;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import io.memlink.spring.cache.invocation.Invocation.Outage;
import io.memlink.spring.cache.invocation.LoadLimit.Permit;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;

/**
 * The call of a cached method, for which it waits until it may run, in whatever way its
 * callers wait for its result. Called by Spring's caches, in any thread; safe for use by
 * many threads.
 */
final class MethodCall implements ProxyMethodInvocation {

    private final ProxyMethodInvocation method;

    private final Invocation invocation;

    MethodCall(ProxyMethodInvocation method, Invocation invocation) {
        this.method = method;
        this.invocation = invocation;
    }

    @Override
    public @Nullable Object proceed() throws Throwable {
        Class<?> type = this.method.getMethod().getReturnType();
        Permit around = this.invocation.permit();
        if (around != null) {
            Object result = call(null);
            return ReactiveCalls.isReactive(type) ? ReactiveCalls.placed(type, result, this.invocation, around)
                    : result;
        }
        Outage outage = this.invocation.outage();
        if (outage == null) {
            return call(null);
        }
        if (CompletionStage.class.isAssignableFrom(type) && type.isAssignableFrom(CompletableFuture.class)) {
            return callLater(outage);
        }
        return ReactiveCalls.isReactive(type) ? ReactiveCalls.call(type, outage, this.invocation, this::publisher)
                : call(await(outage.limit().acquire()));
    }

    /** Who subscribes returns the permit. */
    private @Nullable Object publisher(Permit permit) {
        return proceedWith(permit, () -> {
        });
    }

    /** A caller that is interrupted is not to wait any longer. */
    private static Permit await(CompletableFuture<Permit> turn) throws Throwable {
        try {
            return turn.get();
        }
        catch (InterruptedException ex) {
            turn.cancel(false);
            turn.thenAccept(Permit::close);
            Thread.currentThread().interrupt();
            throw new LoadRefusedException("loads without the cache: interrupted while waiting for others to end");
        }
        catch (ExecutionException ex) {
            throw ex.getCause();
        }
    }

    private CompletableFuture<?> callLater(Outage outage) {
        CompletableFuture<Permit> turn = outage.limit().acquire();
        if (turn.isDone()) {
            return turn.thenCompose(this::stage);
        }
        // A refusal too is not for the thread of the timer.
        CompletableFuture<Object> called = turn
            .handleAsync(
                    (permit, failure) -> (failure != null) ? CompletableFuture.failedFuture(failure) : stage(permit),
                    outage.executor())
            .thenCompose(Function.identity());
        // An executor that takes nothing has called nothing.
        called.whenComplete((value, failure) -> {
            if (failure != null) {
                turn.thenAccept(Permit::close);
            }
        });
        return called;
    }

    @SuppressWarnings("unchecked")
    private CompletionStage<Object> stage(Permit permit) {
        Object result = proceedWith(permit, permit::close);
        return (result != null) ? (CompletionStage<Object>) result : CompletableFuture.completedFuture(null);
    }

    private @Nullable Object proceedWith(Permit permit, Runnable atEnd) {
        try {
            return call(permit, atEnd);
        }
        catch (RuntimeException | Error ex) {
            throw ex;
        }
        catch (Throwable ex) {
            throw new CompletionException(ex);
        }
    }

    private @Nullable Object call(@Nullable Permit permit) throws Throwable {
        return call(permit, (permit != null) ? permit::close : () -> {
        });
    }

    private @Nullable Object call(@Nullable Permit permit, Runnable atEnd) throws Throwable {
        Invocation before = Invocation.present();
        Invocation.setPresent(this.invocation);
        this.invocation.methodBegins();
        if (permit != null) {
            this.invocation.runsBy(permit);
        }
        Object result;
        try {
            result = this.method.proceed();
        }
        catch (Throwable ex) {
            ends(atEnd);
            throw ex;
        }
        finally {
            Invocation.setPresent(before);
        }
        if (result instanceof CompletionStage<?> stage) {
            // What the caches do with it comes later, and is done before.
            stage.whenComplete((value, failure) -> ends(atEnd));
        }
        else {
            ends(atEnd);
        }
        return result;
    }

    private void ends(Runnable atEnd) {
        this.invocation.methodEnds();
        atEnd.run();
    }

    @Override
    public Object getProxy() {
        return this.method.getProxy();
    }

    @Override
    public MethodInvocation invocableClone() {
        return this.method.invocableClone();
    }

    @Override
    public MethodInvocation invocableClone(@Nullable Object... arguments) {
        return this.method.invocableClone(arguments);
    }

    @Override
    public void setArguments(@Nullable Object... arguments) {
        this.method.setArguments(arguments);
    }

    @Override
    public void setUserAttribute(String key, @Nullable Object value) {
        this.method.setUserAttribute(key, value);
    }

    @Override
    public @Nullable Object getUserAttribute(String key) {
        return this.method.getUserAttribute(key);
    }

    @Override
    public Method getMethod() {
        return this.method.getMethod();
    }

    @Override
    public @Nullable Object[] getArguments() {
        return this.method.getArguments();
    }

    @Override
    public @Nullable Object getThis() {
        return this.method.getThis();
    }

    @Override
    public AccessibleObject getStaticPart() {
        return this.method.getStaticPart();
    }

}
