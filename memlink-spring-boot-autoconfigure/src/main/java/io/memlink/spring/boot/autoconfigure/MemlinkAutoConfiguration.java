package io.memlink.spring.boot.autoconfigure;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.condition.ConditionalOnSwitch;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the unnamed client and of named clients.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnClass(MemlinkClient.class)
@ConditionalOnSwitch(value = "memlink.enabled", byDefault = true)
@EnableConfigurationProperties(MemlinkProperties.class)
@ImportRuntimeHints(MemlinkRuntimeHints.class)
@Import({ MemlinkConnectionConfiguration.EmbeddedServer.class, MemlinkConnectionConfiguration.NamedServers.class })
public final class MemlinkAutoConfiguration {

    MemlinkAutoConfiguration() {
    }

    @Bean
    MemlinkClients memlinkClients(MemlinkProperties properties, BeanFactory beanFactory,
            ObjectProvider<MemlinkClientBuilderCustomizer> customizers,
            ObjectProvider<ClusterListenerFactory> listeners, ObjectProvider<SslBundles> sslBundles) {
        return new MemlinkClients(properties, beanFactory, customizers, listeners, sslBundles);
    }

    @Bean
    @ConditionalOnMissingBean(MemlinkClient.class)
    MemlinkClientLifecycle memlinkClientLifecycle(MemlinkClients clients, MemlinkConnectionDetails details) {
        return clients.unnamed(details);
    }

    @Bean
    @ConditionalOnMissingBean(MemlinkClient.class)
    MemlinkClient memlinkClient(@Qualifier("memlinkClientLifecycle") MemlinkClientLifecycle lifecycle) {
        return lifecycle.client();
    }

    @Bean
    static NamedClientRegistrar memlinkNamedClients(Environment environment) {
        return new NamedClientRegistrar(environment);
    }

}
