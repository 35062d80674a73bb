package io.memlink.spring.boot.autoconfigure.cache;

import io.memlink.spring.cache.invocation.Invocation;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.aop.framework.AopInfrastructureBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.core.PriorityOrdered;

/**
 * A post-processor that lets caches know the invocations of cached methods, where Spring
 * applies its caches by proxies. There before the advisor is, which the first proxy
 * needs.
 */
final class CacheInvocationPostProcessor implements BeanPostProcessor, PriorityOrdered, AopInfrastructureBean {

    @Override
    public Object postProcessAfterInitialization(Object bean, String beanName) {
        if (bean instanceof BeanFactoryCacheOperationSourceAdvisor advisor
                && advisor.getAdvice() instanceof MethodInterceptor caches) {
            advisor.setAdvice(Invocation.around(caches));
        }
        return bean;
    }

    @Override
    public int getOrder() {
        return 0;
    }

}
