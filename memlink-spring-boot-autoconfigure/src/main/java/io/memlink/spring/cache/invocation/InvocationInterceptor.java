package io.memlink.spring.cache.invocation;

import java.util.concurrent.CompletionStage;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * An interceptor around that of Spring's caches, which tells when a cached method has
 * ended. A publisher may be subscribed to at any time, and a transaction may put after
 * its commit, so their invocations have no end that is known here. Immutable.
 */
final class InvocationInterceptor implements MethodInterceptor {

    @Override
    public @Nullable Object invoke(MethodInvocation method) throws Throwable {
        if (Transactions.isActive()) {
            return method.proceed();
        }
        Invocation invocation = Invocation.begin();
        Object result;
        try {
            result = method.proceed();
        }
        catch (Throwable ex) {
            invocation.end();
            throw ex;
        }
        finally {
            invocation.leave();
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> invocation.end());
        }
        else if (result == null || !isReactive(result)) {
            invocation.end();
        }
        return result;
    }

    private static boolean isReactive(Object result) {
        return ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result) != null;
    }

}
