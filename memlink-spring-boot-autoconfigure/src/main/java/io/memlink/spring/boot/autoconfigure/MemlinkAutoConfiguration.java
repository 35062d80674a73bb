package io.memlink.spring.boot.autoconfigure;

import io.memlink.MemlinkClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * Auto-configuration of the client.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnClass(MemlinkClient.class)
@ConditionalOnBooleanProperty(name = "memlink.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MemlinkProperties.class)
@Import({ MemlinkConnectionConfiguration.EmbeddedServer.class, MemlinkConnectionConfiguration.NamedServers.class })
public final class MemlinkAutoConfiguration {

    MemlinkAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(MemlinkClient.class)
    RestartableMemlinkClient memlinkClient(MemlinkProperties properties, MemlinkConnectionDetails details,
            ObjectProvider<MemlinkClientBuilderCustomizer> customizers) {
        MemlinkClientFactory factory = new MemlinkClientFactory("memlink", properties, details,
                customizers.orderedStream().toList());
        return new RestartableMemlinkClient(new RunningClient(factory::create));
    }

}
