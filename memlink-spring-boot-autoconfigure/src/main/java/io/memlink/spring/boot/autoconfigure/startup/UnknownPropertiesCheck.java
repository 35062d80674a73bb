package io.memlink.spring.boot.autoconfigure.startup;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Warning about each property under {@code memlink.} that does not exist, with the one
 * that was probably meant. Binding would ignore it without a word. Never shows a value.
 *
 * @param environment holds the properties
 */
record UnknownPropertiesCheck(ConfigurableEnvironment environment) implements SmartInitializingSingleton {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkStartupAutoConfiguration.class);

    @Override
    public void afterSingletonsInstantiated() {
        KnownProperties known = null;
        for (PropertySource<?> source : this.environment.getPropertySources()) {
            if (!(source instanceof EnumerablePropertySource<?> names)) {
                continue;
            }
            for (String name : names.getPropertyNames()) {
                if (SettingName.isOfMemlink(name)) {
                    known = (known != null) ? known : KnownProperties.load();
                    check(known, names, name);
                }
            }
        }
    }

    private static void check(KnownProperties known, EnumerablePropertySource<?> source, String name) {
        SettingName setting = isOfTheSystem(source) ? SettingName.ofVariable(name) : SettingName.of(name);
        if (known.contains(setting)) {
            return;
        }
        String near = known.nearest(setting);
        // Kubernetes makes variables of the names of services, such as MEMLINK_PORT.
        if (near == null && setting.variable()) {
            return;
        }
        logger.warn("{} has no effect, since there is no such property{}: {}", name,
                (near != null) ? " (expected: " + near + ")" : "", origin(source, name));
    }

    private static boolean isOfTheSystem(PropertySource<?> source) {
        return source instanceof SystemEnvironmentPropertySource
                && source.getName().endsWith(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
    }

    private static String origin(PropertySource<?> source, String name) {
        Object origin = OriginLookup.getOrigin(source, name);
        return (origin != null) ? origin.toString() : source.getName();
    }

}
