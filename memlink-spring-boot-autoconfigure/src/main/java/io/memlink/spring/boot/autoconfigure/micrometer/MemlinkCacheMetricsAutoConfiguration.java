package io.memlink.spring.boot.autoconfigure.micrometer;

import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheManagerBuilderCustomizer;
import io.memlink.spring.cache.MemlinkCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the meters of caches, including those created on demand.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = { CacheMetricsAutoConfiguration.class, MemlinkCacheAutoConfiguration.class })
@ConditionalOnClass({ MeterRegistry.class, MeterBinder.class, CacheMeterBinderProvider.class, MemlinkCache.class })
public final class MemlinkCacheMetricsAutoConfiguration {

    MemlinkCacheMetricsAutoConfiguration() {
    }

    @Bean
    CacheMeterBinderProvider<MemlinkCache> memlinkCacheMeterBinderProvider() {
        return MemlinkCacheMetrics::new;
    }

    @Bean
    MemlinkCacheManagerBuilderCustomizer memlinkCacheMetricsCustomizer(ObjectProvider<CacheMetricsRegistrar> registrars,
            @Value("${memlink.cache.primary:true}") boolean primary) {
        // As Spring Boot names the managers it knows.
        Tag manager = Tag.of("cache.manager", primary ? "cacheManager" : "memlink");
        return (builder) -> builder.onCacheCreated(
                (cache) -> registrars.ifAvailable((registrar) -> registrar.bindCacheToRegistry(cache, manager)));
    }

}
