package io.memlink.spring.cache.invocation;

import java.util.concurrent.CompletionStage;

import org.aopalliance.intercept.MethodInterceptor;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.core.ReactiveAdapterRegistry;

/**
 * An interceptor around that of Spring's caches, which tells when a cached method begins
 * and ends. A publisher may be subscribed to at any time, so its invocation has no end
 * that is known here. Immutable.
 */
final class InvocationInterceptor implements MethodInterceptor {

    private final MethodInterceptor caches;

    InvocationInterceptor(MethodInterceptor caches) {
        this.caches = caches;
    }

    @Override
    public @Nullable Object invoke(MethodInvocation method) throws Throwable {
        Invocation before = Invocation.present();
        Invocation invocation = Invocation.begin();
        Invocation.setPresent(invocation);
        Object result;
        try {
            result = this.caches.invoke(new MethodCall((ProxyMethodInvocation) method, invocation));
        }
        catch (Throwable ex) {
            invocation.end();
            throw ex;
        }
        finally {
            Invocation.setPresent(before);
        }
        if (result instanceof CompletionStage<?> stage) {
            stage.whenComplete((value, failure) -> invocation.end());
        }
        else if (result == null || !isReactive(result)) {
            invocation.end();
        }
        else {
            return ReactiveCalls.told(method.getMethod().getReturnType(), result, invocation);
        }
        return result;
    }

    private static boolean isReactive(Object result) {
        return ReactiveAdapterRegistry.getSharedInstance().getAdapter(null, result) != null;
    }

}
