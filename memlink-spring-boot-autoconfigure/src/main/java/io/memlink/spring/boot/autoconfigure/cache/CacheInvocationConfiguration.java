package io.memlink.spring.boot.autoconfigure.cache;

import io.memlink.spring.cache.invocation.Invocation;
import org.springframework.aop.Advisor;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.Ordered;

/**
 * Configuration of what tells caches when an invocation of a cached method has ended,
 * where Spring's caches are applied by proxies. Methods that AspectJ weaves are told by
 * what they leave behind.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBean(BeanFactoryCacheOperationSourceAdvisor.class)
@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
class CacheInvocationConfiguration {

    /** Just around the advisor of the caches, where that has the usual order. */
    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static Advisor memlinkCacheInvocationAdvisor(BeanFactoryCacheOperationSourceAdvisor cacheAdvisor) {
        DefaultPointcutAdvisor advisor = new DefaultPointcutAdvisor(cacheAdvisor.getPointcut(),
                Invocation.interceptor());
        advisor.setOrder(Math.max(Ordered.HIGHEST_PRECEDENCE + 1, cacheAdvisor.getOrder()) - 1);
        return advisor;
    }

}
