package io.memlink.spring.boot.autoconfigure.startup;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Auto-configuration of the warnings about settings that have no effect.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkCacheAutoConfiguration.class)
@ConditionalOnClass(MemlinkClient.class)
@ConditionalOnBean(MemlinkClient.class)
public final class MemlinkStartupAutoConfiguration {

    MemlinkStartupAutoConfiguration() {
    }

    @Bean
    UnknownPropertiesCheck memlinkUnknownPropertiesCheck(ConfigurableEnvironment environment) {
        return new UnknownPropertiesCheck(environment);
    }

    @Bean
    @ConditionalOnMissingBean(CacheAspectSupport.class)
    MissingCachingCheck memlinkMissingCachingCheck(ConfigurableEnvironment environment) {
        return new MissingCachingCheck(environment);
    }

}
