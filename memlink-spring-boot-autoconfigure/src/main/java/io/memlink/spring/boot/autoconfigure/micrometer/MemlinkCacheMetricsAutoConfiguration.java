package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the meters of caches, including those created on demand.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { CacheMetricsAutoConfiguration.class, MemlinkCacheAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, MeterBinder.class, CacheMeterBinderProvider.class, MemlinkCache.class })
public final class MemlinkCacheMetricsAutoConfiguration {

    private static final String SUFFIX = "cacheManager";

    MemlinkCacheMetricsAutoConfiguration() {
    }

    @Bean
    CacheMeterBinderProvider<MemlinkCache> memlinkCacheMeterBinderProvider() {
        return MemlinkCacheMetrics::new;
    }

    @Bean
    OutageLimitMetrics memlinkOutageLimitMetrics(ObjectProvider<MemlinkCacheManager> managers) {
        return new OutageLimitMetrics(managers);
    }

    /** Caches that exist from the start are bound by Spring Boot. */
    @Bean
    static BeanPostProcessor memlinkCacheMetricsBinder(ObjectProvider<CacheMetricsRegistrar> registrars) {
        return new BeanPostProcessor() {

            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                if (bean instanceof MemlinkCacheManager manager) {
                    Tag tag = Tag.of("cache.manager", managerName(beanName));
                    manager.setCacheListener((cache) -> registrars
                        .ifAvailable((registrar) -> registrar.bindCacheToRegistry(cache, tag)));
                }
                return bean;
            }

        };
    }

    /** Returns what Spring Boot makes of the name. */
    private static String managerName(String beanName) {
        boolean suffixed = beanName.length() > SUFFIX.length() && StringUtils.endsWithIgnoreCase(beanName, SUFFIX);
        return suffixed ? beanName.substring(0, beanName.length() - SUFFIX.length()) : beanName;
    }

}
