package io.memlink.spring.boot.autoconfigure.cache;

import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the application's cache manager, unless there is another one or
 * {@code spring.cache.type} asks for one; or, where the application says so, of one
 * beside another.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkTemplateAutoConfiguration.class, before = CacheAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, CacheManager.class, CacheAutoConfiguration.class })
@ConditionalOnBean(value = CacheAspectSupport.class, name = "memlinkTranscoder")
@ConditionalOnSingleCandidate(MemlinkClient.class)
@ConditionalOnBooleanProperty(name = "memlink.cache.enabled", matchIfMissing = true)
@EnableConfigurationProperties({ CacheProperties.class, MemlinkCachingProperties.class })
public final class MemlinkCacheAutoConfiguration {

    MemlinkCacheAutoConfiguration() {
    }

    @Bean
    CacheManagerFactory memlinkCacheManagerFactory(MemlinkClient client, Transcoder<Object> memlinkTranscoder,
            MemlinkCachingProperties properties, BeanFactory beans,
            ObjectProvider<MemlinkCacheManagerBuilderCustomizer> builderCustomizers,
            ObjectProvider<CacheManagerCustomizer<?>> managerCustomizers) {
        return new CacheManagerFactory(client, memlinkTranscoder, properties, beans,
                builderCustomizers.orderedStream().toList(), managerCustomizers.orderedStream().toList());
    }

    /** The cache manager of the application. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
    @ConditionalOnBooleanProperty(name = "memlink.cache.primary", matchIfMissing = true)
    @Conditional(OnMissingCacheType.class)
    static class Primary {

        @Bean
        MemlinkCacheManager cacheManager(CacheManagerFactory memlinkCacheManagerFactory,
                CacheProperties cacheProperties) {
            return memlinkCacheManagerFactory.create(cacheProperties.getCacheNames());
        }

    }

    /** A cache manager for those who ask for it by name. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(name = "memlinkCacheManager")
    @ConditionalOnBooleanProperty(name = "memlink.cache.primary", havingValue = false)
    static class Secondary {

        @Bean(defaultCandidate = false)
        MemlinkCacheManager memlinkCacheManager(CacheManagerFactory memlinkCacheManagerFactory) {
            return memlinkCacheManagerFactory.create(List.of());
        }

    }

    /** The property names a cache of Boot's own. */
    static class OnMissingCacheType extends NoneNestedConditions {

        OnMissingCacheType() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty("spring.cache.type")
        static class CacheType {

        }

    }

}
