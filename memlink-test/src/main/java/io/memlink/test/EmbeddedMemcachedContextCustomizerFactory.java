package io.memlink.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.FaultScript;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;

/**
 * Makes the context of a Spring test use the servers of
 * {@link AutoConfigureEmbeddedMemcached}. Stateless; found by Spring.
 */
final class EmbeddedMemcachedContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
            List<ContextConfigurationAttributes> attributes) {
        AutoConfigureEmbeddedMemcached wanted = TestContextAnnotationUtils.findMergedAnnotation(testClass,
                AutoConfigureEmbeddedMemcached.class);
        return (wanted != null) ? new Customizer(wanted.servers(), wanted.claimVersion(), wanted.maxBytes()) : null;
    }

    /**
     * Starts servers for a context, which closes them. Equal ones share a context.
     */
    private record Customizer(int servers, String claimVersion, long maxBytes) implements ContextCustomizer {

        private static final String SOURCE = "autoConfigureEmbeddedMemcached";

        private static final String CLIENTS = "memlink.clients.";

        @Override
        public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration test) {
            EmbeddedServers started = EmbeddedServers.start(this.servers, this.claimVersion, this.maxBytes);
            Map<String, Object> properties = new LinkedHashMap<>();
            replace("memlink.", started, properties);
            for (String name : clients(context.getEnvironment())) {
                replace(CLIENTS + name + ".", started, properties);
            }
            context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(SOURCE, properties));
            register((BeanDefinitionRegistry) context.getBeanFactory(), started.list());
        }

        private static void replace(String prefix, EmbeddedServers servers, Map<String, Object> properties) {
            properties.put(prefix + "backends", servers.backends());
            properties.put(prefix + "discovery.type", "static");
            properties.put(prefix + "discovery.names", "");
            properties.put(prefix + "username", "");
            properties.put(prefix + "password", "");
            properties.put(prefix + "ssl.enabled", "false");
            properties.put(prefix + "ssl.bundle", "");
        }

        private static Set<String> clients(ConfigurableEnvironment environment) {
            Set<String> names = new TreeSet<>();
            environment.getPropertySources().forEach((source) -> {
                if (source instanceof EnumerablePropertySource<?> enumerable) {
                    for (String property : enumerable.getPropertyNames()) {
                        int dot = property.indexOf('.', CLIENTS.length());
                        if (property.startsWith(CLIENTS) && dot > 0) {
                            names.add(property.substring(CLIENTS.length(), dot));
                        }
                    }
                }
            });
            return names;
        }

        private static void register(BeanDefinitionRegistry registry, List<EmbeddedMemcached> servers) {
            for (int i = 0; i < servers.size(); i++) {
                EmbeddedMemcached server = servers.get(i);
                RootBeanDefinition definition = definition(EmbeddedMemcached.class);
                definition.setInstanceSupplier(() -> server);
                definition.setPrimary(i == 0);
                definition.setAttribute("order", i);
                registry.registerBeanDefinition("embeddedMemcached" + ((i == 0) ? "" : i + 1), definition);
            }
            RootBeanDefinition faults = definition(FaultScript.class);
            faults.setInstanceSupplier(servers.get(0)::faults);
            registry.registerBeanDefinition("embeddedMemcachedFaults", faults);
        }

        private static RootBeanDefinition definition(Class<?> type) {
            RootBeanDefinition definition = new RootBeanDefinition(type);
            definition.setRole(BeanDefinition.ROLE_INFRASTRUCTURE);
            return definition;
        }

    }

}
