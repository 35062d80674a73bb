package io.memlink.spring.boot.autoconfigure.health;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration of the health of Memlink.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, HealthContributor.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnBean(MemlinkClient.class)
@ConditionalOnEnabledHealthIndicator("memlink")
@EnableConfigurationProperties(MemlinkHealthProperties.class)
public final class MemlinkHealthContributorAutoConfiguration
        extends CompositeHealthContributorConfiguration<MemlinkHealthIndicator, MemlinkClient> {

    MemlinkHealthContributorAutoConfiguration(MemlinkHealthProperties properties,
            ObjectProvider<MemlinkCacheManager> cacheManagers) {
        super((client) -> new MemlinkHealthIndicator(client, properties, cacheManagers));
    }

    @Bean
    @ConditionalOnMissingBean(name = { "memlinkHealthIndicator", "memlinkHealthContributor" })
    HealthContributor memlinkHealthContributor(ConfigurableListableBeanFactory beanFactory) {
        return createContributor(beanFactory, MemlinkClient.class);
    }

}
