package io.memlink.spring.boot.autoconfigure.cache;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.boot.autoconfigure.condition.ConditionalOnSwitch;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the cache manager, unless there is another one or {@code
 * spring.cache.type} asks for one. With {@code memlink.cache.primary=false}, of a second
 * cache manager beside another one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkTemplateAutoConfiguration.class, before = CacheAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, CacheManager.class, CacheAutoConfiguration.class })
@ConditionalOnBean(value = CacheAspectSupport.class, name = "memlinkTranscoder")
@ConditionalOnSingleCandidate(MemlinkClient.class)
@ConditionalOnSwitch(value = "memlink.cache.enabled", byDefault = true)
@EnableConfigurationProperties({ CacheProperties.class, MemlinkCachingProperties.class })
@Import({ CacheManagerConfiguration.Primary.class, CacheManagerConfiguration.Secondary.class })
public final class MemlinkCacheAutoConfiguration {

    MemlinkCacheAutoConfiguration() {
    }

    @Bean
    static CacheInvocationPostProcessor memlinkCacheInvocationPostProcessor() {
        return new CacheInvocationPostProcessor();
    }

    @Bean
    CacheManagerFactory memlinkCacheManagerFactory(MemlinkClient client, Transcoder<Object> memlinkTranscoder,
            MemlinkCachingProperties properties, BeanFactory beans, Environment environment,
            ObjectProvider<MemlinkCacheManagerBuilderCustomizer> builderCustomizers,
            ObjectProvider<CacheManagerCustomizer<?>> managerCustomizers) {
        return new CacheManagerFactory(client, memlinkTranscoder, properties, beans, environment,
                builderCustomizers.orderedStream().toList(), managerCustomizers.orderedStream().toList());
    }

    @Bean
    CacheSettingsLog memlinkCacheSettingsLog(ListableBeanFactory beans) {
        return new CacheSettingsLog(beans);
    }

}
