package io.memlink.spring.boot.autoconfigure.cache;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;

/**
 * Factory of cache managers. Immutable.
 *
 * @param client carries the operations
 * @param transcoder encodes and decodes values
 * @param properties the settings
 * @param beans where beans are that settings name
 * @param builderCustomizers have a say after the properties
 * @param managerCustomizers have the last word
 */
record CacheManagerFactory(MemlinkClient client, Transcoder<Object> transcoder, MemlinkCachingProperties properties,
        BeanFactory beans, List<MemlinkCacheManagerBuilderCustomizer> builderCustomizers,
        List<CacheManagerCustomizer<?>> managerCustomizers) {

    /**
     * Makes a manager.
     * @param cacheNames caches there are, besides those of the properties; none of both
     * for caches on demand
     */
    MemlinkCacheManager create(Collection<String> cacheNames) {
        CacheConfigurations configurations = new CacheConfigurations(this.properties, this.beans);
        MemlinkCacheManager.Builder builder = MemlinkCacheManager.builder(this.client, this.transcoder)
            .cacheDefaults(configurations.ofAll())
            .transactionAware(this.properties.isTransactionAware());
        this.properties.getCaches()
            .forEach((name, named) -> builder.withCacheConfiguration(name, configurations.of(name, named)));
        List<String> names = new ArrayList<>(cacheNames);
        names.addAll(this.properties.getCacheNames());
        if (!names.isEmpty()) {
            builder.cacheNames(names);
        }
        this.builderCustomizers.forEach((customizer) -> customizer.customize(builder));
        return new CacheManagerCustomizers(this.managerCustomizers).customize(builder.build());
    }

}
