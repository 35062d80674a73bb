package io.memlink.spring.boot.autoconfigure.cache;

import java.util.List;

import io.memlink.spring.boot.autoconfigure.condition.ConditionalOnSwitch;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Configuration of the cache manager, as that of the application or beside another one.
 */
final class CacheManagerConfiguration {

    private CacheManagerConfiguration() {
    }

    /** The cache manager of the application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
    @ConditionalOnSwitch(value = "memlink.cache.primary", byDefault = true)
    @Conditional(OnMissingCacheType.class)
    static class Primary {

        @Bean
        MemlinkCacheManager cacheManager(CacheManagerFactory memlinkCacheManagerFactory,
                CacheProperties cacheProperties) {
            return memlinkCacheManagerFactory.create(cacheProperties.getCacheNames());
        }

    }

    /**
     * A second cache manager, to be injected by its name.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(name = "memlinkCacheManager")
    @ConditionalOnSwitch(value = "memlink.cache.primary", on = false, byDefault = true)
    static class Secondary {

        @Bean(defaultCandidate = false)
        MemlinkCacheManager memlinkCacheManager(CacheManagerFactory memlinkCacheManagerFactory) {
            return memlinkCacheManagerFactory.create(List.of());
        }

    }

    /**
     * Condition that matches if no type of cache is configured.
     */
    static class OnMissingCacheType extends NoneNestedConditions {

        OnMissingCacheType() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.cache.type")
        static class CacheType {

        }

    }

}
