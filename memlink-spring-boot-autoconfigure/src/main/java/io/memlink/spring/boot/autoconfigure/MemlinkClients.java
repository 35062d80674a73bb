package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.Discovery.Type;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Factory of the clients of the application.
 */
final class MemlinkClients {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkAutoConfiguration.class);

    private static final String PREFIX = "memlink";

    private final MemlinkProperties properties;

    private final BeanFactory beanFactory;

    private final List<MemlinkClientBuilderCustomizer> customizers;

    private final List<ClusterListenerFactory> listeners;

    private final @Nullable SslBundles sslBundles;

    MemlinkClients(MemlinkProperties properties, BeanFactory beanFactory,
            ObjectProvider<MemlinkClientBuilderCustomizer> customizers,
            ObjectProvider<ClusterListenerFactory> listeners, ObjectProvider<SslBundles> sslBundles) {
        this.properties = properties;
        this.beanFactory = beanFactory;
        this.customizers = customizers.orderedStream().toList();
        this.listeners = listeners.orderedStream().toList();
        this.sslBundles = sslBundles.getIfAvailable();
    }

    /** Makes the client that has no name. */
    MemlinkClientLifecycle unnamed(MemlinkConnectionDetails details) {
        return create("memlinkClient", PREFIX, this.properties, details);
    }

    /** Makes the client of a name. */
    MemlinkClientLifecycle named(String name) {
        MemlinkClientProperties properties = this.properties.getClients().get(name);
        if (properties == null) {
            throw new IllegalStateException(
                    "memlink.clients: " + name + " (expected: one of " + this.properties.getClients().keySet() + ")");
        }
        String prefix = PREFIX + ".clients." + name;
        return create(NamedClients.beanName(name), prefix, properties, details(name, prefix, properties));
    }

    private MemlinkConnectionDetails details(String name, String prefix, MemlinkClientProperties properties) {
        String own = name + "MemlinkConnectionDetails";
        if (this.beanFactory.containsBean(own)) {
            return this.beanFactory.getBean(own, MemlinkConnectionDetails.class);
        }
        PropertiesMemlinkConnectionDetails named = new PropertiesMemlinkConnectionDetails(prefix, properties,
                this.sslBundles);
        boolean discovered = properties.getDiscovery().getType() != Type.STATIC;
        if (discovered || properties.getBackends() != null && !properties.getBackends().isEmpty()) {
            return named;
        }
        named.requireNothingOfServers("those of the unnamed client, with their credentials and certificates,");
        return this.beanFactory.getBean(MemlinkConnectionDetails.class);
    }

    private MemlinkClientLifecycle create(String beanName, String prefix, MemlinkClientProperties properties,
            MemlinkConnectionDetails details) {
        StartupCheck check = properties.isFailFast() ? new StartupCheck(prefix, details, properties.getConnectTimeout())
                : null;
        List<MemlinkClientBuilderCustomizer> customizers = new ArrayList<>();
        if (check != null) {
            customizers.add((builder) -> builder.clusterListener(check));
        }
        this.listeners
            .forEach((listener) -> customizers.add((builder) -> builder.clusterListener(listener.create(beanName))));
        customizers.addAll(this.customizers);
        watch(properties.getSsl().getBundle(), prefix);
        MemlinkClientFactory factory = new MemlinkClientFactory(prefix, properties, details, customizers);
        return new MemlinkClientLifecycle(MemlinkClient.onDemand(factory::create), check);
    }

    /**
     * The bundle is asked for with each new connection; this only tells that it works.
     */
    private void watch(@Nullable String bundle, String prefix) {
        if (this.sslBundles != null && StringUtils.hasText(bundle)
                && this.sslBundles.getBundleNames().contains(bundle)) {
            this.sslBundles.addBundleUpdateHandler(bundle,
                    (updated) -> logger.info(
                            "SSL bundle {} of {} was updated: new connections use it, and open ones are replaced",
                            bundle, prefix));
        }
    }

}
