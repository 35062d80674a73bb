package io.memlink.spring.boot.autoconfigure.startup;

import java.util.HashSet;
import java.util.Set;

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
        Set<String> clients = new HashSet<>();
        Set<String> caches = new HashSet<>();
        for (PropertySource<?> source : this.environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> names && !isOfTheSystem(source)) {
                names(names, clients, caches);
            }
        }
        for (PropertySource<?> source : this.environment.getPropertySources()) {
            if (!(source instanceof EnumerablePropertySource<?> names)) {
                continue;
            }
            for (String name : names.getPropertyNames()) {
                if (SettingName.isOfMemlink(name)) {
                    known = (known != null) ? known : KnownProperties.load();
                    check(known, names, name, clients, caches);
                }
            }
        }
    }

    /** Collects what clients and caches are called where dashes can be seen. */
    private static void names(EnumerablePropertySource<?> source, Set<String> clients, Set<String> caches) {
        for (String name : source.getPropertyNames()) {
            SettingName setting = SettingName.isOfMemlink(name) ? SettingName.of(name) : null;
            if (setting != null && setting.startsWith("memlink", "clients")) {
                clients.add(setting.elements().get(2));
            }
            if (setting != null && setting.startsWith("memlink", "cache", "caches")) {
                caches.add(setting.elements().get(3));
            }
        }
    }

    private static SettingName ofVariable(String name, Set<String> clients, Set<String> caches) {
        SettingName variable = SettingName.ofVariable(name);
        return variable.startsWith("memlink", "clients") ? variable.joined(2, clients)
                : variable.startsWith("memlink", "cache", "caches") ? variable.joined(3, caches) : variable;
    }

    private static void check(KnownProperties known, EnumerablePropertySource<?> source, String name,
            Set<String> clients, Set<String> caches) {
        SettingName setting = isOfTheSystem(source) ? ofVariable(name, clients, caches) : SettingName.of(name);
        if (known.contains(setting)) {
            return;
        }
        String near = MeantName.of(setting, known);
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
