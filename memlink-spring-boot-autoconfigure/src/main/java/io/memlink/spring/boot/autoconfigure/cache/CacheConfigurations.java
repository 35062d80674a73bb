package io.memlink.spring.boot.autoconfigure.cache;

import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.memlink.Transcoder;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.MemlinkCacheConfigurationBuilder;
import io.memlink.spring.cache.NearCacheConfiguration;
import io.memlink.spring.cache.TimeToLiveFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.convert.ConversionService;
import org.springframework.util.ClassUtils;

/**
 * Factory of cache configurations from properties: those of one cache, which fall back to
 * those of all caches, and to a configuration that is a bean. Immutable.
 *
 * @param properties the settings
 * @param beans where beans are that settings name
 */
record CacheConfigurations(MemlinkCachingProperties properties, BeanFactory beans) {

    private static final String PREFIX = "memlink.cache";

    private static final String CAFFEINE = "com.github.benmanes.caffeine.cache.Caffeine";

    MemlinkCacheConfiguration ofAll() {
        return build(PREFIX, List.of(new CachePropertiesLayer(PREFIX, this.properties)));
    }

    MemlinkCacheConfiguration of(String cache, MemlinkCacheProperties named) {
        String prefix = PREFIX + ".caches." + cache;
        return build(prefix,
                List.of(new CachePropertiesLayer(PREFIX, this.properties), new CachePropertiesLayer(prefix, named)));
    }

    private MemlinkCacheConfiguration build(String prefix, List<CachePropertiesLayer> layers) {
        MemlinkCacheConfiguration own = this.beans.getBeanProvider(MemlinkCacheConfiguration.class).getIfUnique();
        MemlinkCacheConfigurationBuilder builder = (own != null) ? own.toBuilder()
                : MemlinkCacheConfiguration.builder();
        layers.forEach((layer) -> applyLifetimes(layer, builder));
        layers.stream().filter(CachePropertiesLayer::hasEncoding).forEach(CacheConfigurations::requireNoTranscoder);
        layers.forEach((layer) -> applyBeans(layer, builder));
        applyEncoding(layers, builder);
        layers.forEach((layer) -> applyLoading(layer, builder));
        layers.forEach((layer) -> applyManners(layer, builder));
        Boolean near = last(layers, (cache) -> cache.getNear().getEnabled());
        if (Boolean.TRUE.equals(near)) {
            requireCaffeine(prefix);
            builder.near(near(layers));
        }
        try {
            return builder.build();
        }
        catch (IllegalArgumentException ex) {
            throw new CacheSettingsException(prefix, ex);
        }
    }

    private static void requireCaffeine(String prefix) {
        if (!ClassUtils.isPresent(CAFFEINE, null)) {
            throw new InvalidConfigurationPropertyValueException(prefix + ".near.enabled", true,
                    "Entries are kept in memory by Caffeine, which is not there"
                            + " (expected: com.github.ben-manes.caffeine:caffeine on the class path).");
        }
    }

    private static void applyLifetimes(CachePropertiesLayer layer, MemlinkCacheConfigurationBuilder builder) {
        layer.apply("time-to-live", MemlinkCacheProperties::getTimeToLive, builder::timeToLive);
        layer.apply("time-to-idle", MemlinkCacheProperties::getTimeToIdle, builder::timeToIdle);
        layer.apply("jitter", MemlinkCacheProperties::getJitter, builder::jitter);
        layer.apply("null-time-to-live", MemlinkCacheProperties::getNullTimeToLive, builder::nullTimeToLive);
        layer.apply("stale-for", MemlinkCacheProperties::getStaleFor, builder::staleFor);
        layer.apply("recache-before", MemlinkCacheProperties::getRecacheBefore, builder::recacheBefore);
        layer.apply("clear-lag", MemlinkCacheProperties::getClearLag, builder::clearLag);
    }

    private void applyBeans(CachePropertiesLayer layer, MemlinkCacheConfigurationBuilder builder) {
        layer.apply("time-to-live-function", MemlinkCacheProperties::getTimeToLiveFunction,
                (name) -> builder.timeToLiveFunction(bean(name, TimeToLiveFunction.class)));
        layer.apply("conversion-service", MemlinkCacheProperties::getConversionService,
                (name) -> builder.conversionService(bean(name, ConversionService.class)));
        layer.apply("transcoder", MemlinkCacheProperties::getTranscoder,
                (name) -> builder.transcoder(transcoder(name)));
    }

    /**
     * The transcoder of the application, in another format or with another compression.
     */
    private void applyEncoding(List<CachePropertiesLayer> layers, MemlinkCacheConfigurationBuilder builder) {
        boolean encoding = false;
        for (CachePropertiesLayer layer : layers) {
            boolean transcoder = layer.properties().getTranscoder() != null;
            encoding = !transcoder && (encoding || layer.hasEncoding());
        }
        if (!encoding) {
            return;
        }
        TranscoderSettings[] settings = { this.beans.getBean(TranscoderSettings.class) };
        TranscoderFactory factory = this.beans.getBean(TranscoderFactory.class);
        for (CachePropertiesLayer layer : layers) {
            layer.apply("compression", MemlinkCacheProperties::getCompression,
                    (algorithm) -> settings[0] = settings[0].compression(algorithm));
            layer.apply("serialization.format", (cache) -> cache.getSerialization().getFormat(),
                    (format) -> settings[0] = settings[0].format(format));
            layer.apply("serialization.format", (cache) -> cache.getSerialization().getFormat(),
                    (format) -> factory.objects(settings[0].alsoRead(Set.of())));
            layer.apply("serialization.also-read", (cache) -> cache.getSerialization().getAlsoRead(),
                    (formats) -> settings[0] = settings[0].alsoRead(formats));
            layer.apply("serialization.also-read", (cache) -> cache.getSerialization().getAlsoRead(),
                    (formats) -> factory.objects(settings[0]));
        }
        builder.transcoder(factory.objects(settings[0]));
    }

    private static void requireNoTranscoder(CachePropertiesLayer layer) {
        layer.apply("transcoder", MemlinkCacheProperties::getTranscoder, (name) -> {
            throw new IllegalArgumentException("the cache has a transcoder of its own (expected: one of the two)");
        });
    }

    private <T> T bean(String name, Class<T> type) {
        return new NamedBeans(this.beans).get(name, type);
    }

    @SuppressWarnings("unchecked")
    private Transcoder<Object> transcoder(String name) {
        return bean(name, Transcoder.class);
    }

    private static void applyLoading(CachePropertiesLayer layer, MemlinkCacheConfigurationBuilder builder) {
        layer.apply("lease.enabled", (cache) -> cache.getLease().getEnabled(), builder::lease);
        layer.apply("lease.time-to-live", (cache) -> cache.getLease().getTimeToLive(), builder::leaseTimeToLive);
        layer.apply("lease.max-wait", (cache) -> cache.getLease().getMaxWait(), builder::leaseMaxWait);
        layer.apply("serve-stale-on-error", MemlinkCacheProperties::getServeStaleOnError, builder::serveStaleOnError);
        layer.apply("soft-evict", MemlinkCacheProperties::getSoftEvict, builder::softEvict);
    }

    private static void applyManners(CachePropertiesLayer layer, MemlinkCacheConfigurationBuilder builder) {
        layer.apply("cache-null-values", MemlinkCacheProperties::getCacheNullValues, builder::cacheNullValues);
        layer.apply("key-prefix", MemlinkCacheProperties::getKeyPrefix, builder::keyPrefix);
        layer.apply("statistics", MemlinkCacheProperties::getStatistics, builder::statistics);
        layer.apply("on-error", MemlinkCacheProperties::getOnError, builder::onError);
        layer.apply("on-evict-error", MemlinkCacheProperties::getOnEvictError, builder::onEvictError);
    }

    private static NearCacheConfiguration near(List<CachePropertiesLayer> layers) {
        NearCacheConfiguration[] near = { NearCacheConfiguration.defaults() };
        for (CachePropertiesLayer layer : layers) {
            layer.apply("near.time-to-live", (cache) -> cache.getNear().getTimeToLive(),
                    (time) -> near[0] = new NearCacheConfiguration(time, near[0].maxEntries(), near[0].maxBytes(),
                            near[0].hotOnly()));
            layer.apply("near.max-entries", (cache) -> cache.getNear().getMaxEntries(),
                    (entries) -> near[0] = new NearCacheConfiguration(near[0].timeToLive(), entries, near[0].maxBytes(),
                            near[0].hotOnly()));
            layer.apply("near.max-size", (cache) -> cache.getNear().getMaxSize(),
                    (size) -> near[0] = new NearCacheConfiguration(near[0].timeToLive(), near[0].maxEntries(),
                            size.toBytes(), near[0].hotOnly()));
            layer.apply("near.hot-only", (cache) -> cache.getNear().getHotOnly(),
                    (hotOnly) -> near[0] = new NearCacheConfiguration(near[0].timeToLive(), near[0].maxEntries(),
                            near[0].maxBytes(), hotOnly));
        }
        return near[0];
    }

    /** Returns what the last says that says something. */
    private static <T> @Nullable T last(List<CachePropertiesLayer> layers,
            Function<MemlinkCacheProperties, @Nullable T> getter) {
        T last = null;
        for (CachePropertiesLayer layer : layers) {
            T value = getter.apply(layer.properties());
            last = (value != null) ? value : last;
        }
        return last;
    }

}
