package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Clock;
import java.util.Map;

import io.memlink.MemlinkClient;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration of the endpoints {@code memlink} and {@code memlinkadmin}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkAutoConfiguration.class)
@ConditionalOnClass({ MemlinkClient.class, Endpoint.class, ConditionalOnAvailableEndpoint.class })
public final class MemlinkEndpointAutoConfiguration {

    MemlinkEndpointAutoConfiguration() {
    }

    /** Outside of the conditions on each endpoint, since it is for both. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MemlinkClient.class)
    static class Refusing {

        @Bean
        RefusalAdvisor memlinkRefusalAdvisor() {
            return new RefusalAdvisor();
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MemlinkClient.class)
    @ConditionalOnAvailableEndpoint(MemlinkEndpoint.class)
    @EnableConfigurationProperties(MemlinkEndpointProperties.class)
    static class Reading {

        @Bean
        RecentEvents memlinkRecentEvents() {
            return new RecentEvents(Clock.systemUTC());
        }

        @Bean
        @ConditionalOnMissingBean
        MemlinkEndpoint memlinkEndpoint(Map<String, MemlinkClient> clients, RecentEvents events,
                ObjectProvider<MemlinkCacheManager> cacheManagers, MemlinkEndpointProperties properties) {
            return new MemlinkEndpoint(clients, events, new ServerStatistics(Clock.systemUTC()), cacheManagers,
                    new KeptValues(properties.getShowValues(), properties.getRoles()));
        }

    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MemlinkClient.class)
    @ConditionalOnAvailableEndpoint(MemlinkAdminEndpoint.class)
    static class Steering {

        @Bean
        @ConditionalOnMissingBean
        MemlinkAdminEndpoint memlinkAdminEndpoint(Map<String, MemlinkClient> clients,
                ObjectProvider<MemlinkCacheManager> cacheManagers) {
            return new MemlinkAdminEndpoint(clients, new CacheSteering(cacheManagers));
        }

    }

}
