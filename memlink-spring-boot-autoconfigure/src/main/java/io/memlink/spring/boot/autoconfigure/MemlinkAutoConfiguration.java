package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.MemlinkTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the client and the template.
 *
 * @since 0.1.0
 */
@AutoConfiguration(afterName = { "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration",
        "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration" })
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
        MemlinkClientFactory factory = new MemlinkClientFactory(properties, details,
                customizers.orderedStream().toList());
        return new RestartableMemlinkClient(new RunningClient(factory::create));
    }

    /** What needs Jackson. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    static class Values {

        @Bean
        @ConditionalOnMissingBean(name = "memlinkTranscoder")
        Transcoder<Object> memlinkTranscoder(MemlinkProperties properties, ObjectProvider<JsonMapper> mapper,
                BeanFactory beanFactory) {
            List<String> trusted = new ArrayList<>(properties.getSerialization().getTrustedPackages());
            if (AutoConfigurationPackages.has(beanFactory)) {
                AutoConfigurationPackages.get(beanFactory).stream().filter(StringUtils::hasText).forEach(trusted::add);
            }
            return new JsonTranscoder(mapper.getIfUnique(JsonMapper::shared), trusted);
        }

        @Bean
        @ConditionalOnMissingBean
        @ConditionalOnSingleCandidate(MemlinkClient.class)
        MemlinkTemplate memlinkTemplate(MemlinkClient client, Transcoder<Object> memlinkTranscoder) {
            return new MemlinkTemplate(client, memlinkTranscoder);
        }

    }

}
