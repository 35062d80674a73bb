package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.boot.autoconfigure.MemlinkCacheProperties.Named;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;

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
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.cache.autoconfigure.CacheProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.CacheAspectSupport;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;

/**
 * Auto-configuration of the application's cache manager, unless there is another one or
 * {@code spring.cache.type} asks for one.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkTemplateAutoConfiguration.class, before = CacheAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, CacheManager.class, CacheAutoConfiguration.class })
@ConditionalOnBean(value = CacheAspectSupport.class, name = "memlinkTranscoder")
@ConditionalOnMissingBean(value = CacheManager.class, name = "cacheResolver")
@ConditionalOnSingleCandidate(MemlinkClient.class)
@ConditionalOnBooleanProperty(name = "memlink.cache.enabled", matchIfMissing = true)
@Conditional(MemlinkCacheAutoConfiguration.OnMissingCacheType.class)
@EnableConfigurationProperties({ CacheProperties.class, MemlinkCacheProperties.class })
public final class MemlinkCacheAutoConfiguration {

    MemlinkCacheAutoConfiguration() {
    }

    @Bean
    MemlinkCacheManager cacheManager(MemlinkClient client, Transcoder<Object> memlinkTranscoder,
            MemlinkCacheProperties settings, CacheProperties cacheProperties,
            ObjectProvider<MemlinkCacheManagerBuilderCustomizer> builderCustomizers,
            ObjectProvider<CacheManagerCustomizer<?>> managerCustomizers) {
        MemlinkCacheConfiguration defaults = defaults(settings);
        MemlinkCacheManager.Builder builder = MemlinkCacheManager.builder(client, memlinkTranscoder)
            .cacheDefaults(defaults);
        settings.getCaches().forEach((name, named) -> builder.withCacheConfiguration(name, merge(defaults, named)));
        List<String> names = new ArrayList<>(cacheProperties.getCacheNames());
        names.addAll(settings.getCacheNames());
        if (!names.isEmpty()) {
            builder.cacheNames(names);
        }
        builderCustomizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
        return new CacheManagerCustomizers(managerCustomizers.orderedStream().toList()).customize(builder.build());
    }

    private static MemlinkCacheConfiguration defaults(MemlinkCacheProperties settings) {
        return MemlinkCacheConfiguration.defaults()
            .timeToLive(settings.getTimeToLive())
            .keyPrefix(settings.getKeyPrefix())
            .cacheNullValues(settings.isCacheNullValues())
            .onError(settings.getOnError());
    }

    private static MemlinkCacheConfiguration merge(MemlinkCacheConfiguration defaults, Named named) {
        PropertyMapper map = PropertyMapper.get();
        MemlinkCacheConfiguration merged = defaults;
        merged = map.from(named::getTimeToLive).to(merged, MemlinkCacheConfiguration::timeToLive);
        merged = map.from(named::getKeyPrefix).to(merged, MemlinkCacheConfiguration::keyPrefix);
        merged = map.from(named::getCacheNullValues).to(merged, MemlinkCacheConfiguration::cacheNullValues);
        return map.from(named::getOnError).to(merged, MemlinkCacheConfiguration::onError);
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
