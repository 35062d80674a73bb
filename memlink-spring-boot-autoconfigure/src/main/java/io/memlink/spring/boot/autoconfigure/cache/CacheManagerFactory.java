package io.memlink.spring.boot.autoconfigure.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.boot.autoconfigure.NamedSettings;
import io.memlink.spring.boot.autoconfigure.cache.MemlinkCachingProperties.BrownOut;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.spring.cache.invocation.LoadLimit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizer;
import org.springframework.boot.cache.autoconfigure.CacheManagerCustomizers;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

/**
 * Factory of cache managers. Immutable.
 *
 * @param client carries the operations
 * @param transcoder encodes and decodes values
 * @param properties the settings
 * @param beans where beans are that settings name
 * @param environment where the names of caches are
 * @param builderCustomizers have a say after the properties
 * @param managerCustomizers have the last word
 */
record CacheManagerFactory(MemlinkClient client, Transcoder<Object> transcoder, MemlinkCachingProperties properties,
        BeanFactory beans, Environment environment, List<MemlinkCacheManagerBuilderCustomizer> builderCustomizers,
        List<CacheManagerCustomizer<?>> managerCustomizers) {

    /** As Spring Boot names the executor that it provides. */
    private static final String APPLICATION_EXECUTOR = "applicationTaskExecutor";

    private static final String CONTEXT_PROPAGATION = "io.micrometer.context.ContextSnapshotFactory";

    /**
     * Makes a manager.
     * @param cacheNames caches there are, besides those of the properties; none of both
     * for caches on demand
     */
    MemlinkCacheManager create(Collection<String> cacheNames) {
        CacheConfigurations configurations = new CacheConfigurations(this.properties, this.beans);
        MemlinkCacheManager.Builder builder = MemlinkCacheManager.builder(this.client, this.transcoder)
            .cacheDefaults(configurations.ofAll())
            .transactionAware(this.properties.isTransactionAware())
            .noOp(this.properties.isNoOp())
            .noOpCaches(this.properties.getNoOpCaches())
            .executor(executor())
            .outageLimit(outageLimit(this.properties.getBrownOut()))
            .taskDecorator(taskDecorator())
            .onCacheCreated(CacheSettingsLog::write);
        CachingConfigurer configurer = this.beans.getBeanProvider(CachingConfigurer.class).getIfUnique();
        CacheErrorHandler errorHandler = (configurer != null) ? configurer.errorHandler() : null;
        if (errorHandler != null) {
            builder.errorHandler(errorHandler);
        }
        Map<String, MemlinkCacheProperties> named = this.properties.getCaches();
        NamedSettings.distinct(this.environment, "memlink.cache.caches", named.keySet())
            .forEach((name) -> builder.withCacheConfiguration(name,
                    configurations.of(name, Objects.requireNonNull(named.get(name)))));
        List<String> names = new ArrayList<>(cacheNames);
        names.addAll(this.properties.getCacheNames());
        if (!names.isEmpty()) {
            builder.cacheNames(names);
        }
        this.builderCustomizers.forEach((customizer) -> customizer.customize(builder));
        return new CacheManagerCustomizers(this.managerCustomizers).customize(builder.build());
    }

    private static @Nullable LoadLimit outageLimit(BrownOut brownOut) {
        Integer max = brownOut.getMaxConcurrentLoads();
        if (max == null) {
            return null;
        }
        LoadLimit limit = require("brown-out.max-concurrent-loads", max,
                (value) -> LoadLimit.of(value, Duration.ZERO, brownOut.getWhenFull()));
        Duration maxWait = brownOut.getMaxWait();
        return maxWait.isZero() ? limit
                : require("brown-out.max-wait", maxWait, (value) -> LoadLimit.of(max, value, brownOut.getWhenFull()));
    }

    private static <T, R> R require(String name, T value, Function<T, R> made) {
        try {
            return made.apply(value);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidConfigurationPropertyValueException("memlink.cache." + name, value, ex.getMessage(), ex);
        }
    }

    private @Nullable Executor executor() {
        String name = this.properties.getExecutor();
        if (name != null) {
            return require("executor", name, (bean) -> new NamedBeans(this.beans).get(bean, Executor.class));
        }
        boolean shared = this.beans.containsBean(APPLICATION_EXECUTOR)
                && this.beans.isTypeMatch(APPLICATION_EXECUTOR, Executor.class);
        return shared ? this.beans.getBean(APPLICATION_EXECUTOR, Executor.class) : null;
    }

    /** That of the application, or what Micrometer's context propagation carries. */
    private @Nullable TaskDecorator taskDecorator() {
        TaskDecorator decorator = this.beans.getBeanProvider(TaskDecorator.class).getIfUnique();
        if (decorator != null || !ClassUtils.isPresent(CONTEXT_PROPAGATION, null)) {
            return decorator;
        }
        return new ContextPropagatingTaskDecorator();
    }

}
