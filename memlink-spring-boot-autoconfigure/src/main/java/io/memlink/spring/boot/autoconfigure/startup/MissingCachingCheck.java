package io.memlink.spring.boot.autoconfigure.startup;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Warning that caches are configured in an application that does not enable caching,
 * where Spring ignores the annotations without a word.
 *
 * @param environment holds the properties
 */
record MissingCachingCheck(Environment environment) implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkStartupAutoConfiguration.class);

    private static final Bindable<Map<String, Object>> SETTINGS = Bindable.mapOf(String.class, Object.class);

    @Override
    public void afterSingletonsInstantiated() {
        boolean configured = Binder.get(this.environment).bind("memlink.cache", SETTINGS).isBound();
        if (configured && Binder.get(this.environment).bind("memlink.cache.enabled", Boolean.class).orElse(true)) {
            logger.warn("memlink.cache.* is set, but @Cacheable and its like have no effect "
                    + "(expected: @EnableCaching on a configuration class)");
        }
    }

}
