package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Configuration of the connection details, unless the application defines its own.
 */
final class MemlinkConnectionConfiguration {

    private MemlinkConnectionConfiguration() {
    }

    /**
     * Connection details of an embedded server, if no backend is configured.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EmbeddedMemcached.class)
    @ConditionalOnMissingBean(MemlinkConnectionDetails.class)
    @Conditional(OnNoBackendNamed.class)
    static class EmbeddedServer {

        @Bean
        EmbeddedMemlinkConnectionDetails memlinkConnectionDetails(MemlinkProperties properties,
                ObjectProvider<SslBundles> sslBundles) {
            return new EmbeddedMemlinkConnectionDetails(
                    new PropertiesMemlinkConnectionDetails("memlink", properties, sslBundles.getIfAvailable()));
        }

    }

    /**
     * Connection details of the backends in the properties, or of localhost.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(MemlinkConnectionDetails.class)
    static class NamedServers {

        @Bean
        PropertiesMemlinkConnectionDetails memlinkConnectionDetails(MemlinkProperties properties,
                ObjectProvider<SslBundles> sslBundles) {
            return new PropertiesMemlinkConnectionDetails("memlink", properties, sslBundles.getIfAvailable());
        }

    }

    /**
     * Condition that matches if no backend is configured, in whatever form of a list.
     */
    static class OnNoBackendNamed extends SpringBootCondition {

        private static final String PROPERTY = "memlink.backends";

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            List<String> backends = Binder.get(context.getEnvironment())
                .bind(PROPERTY, Bindable.listOf(String.class))
                .orElse(List.of());
            ConditionMessage.Builder message = ConditionMessage.forCondition("no backend named");
            String discovery = context.getEnvironment().getProperty("memlink.discovery.type", "static");
            if (!discovery.equalsIgnoreCase("static")) {
                return ConditionOutcome.noMatch(message.found("property").items("memlink.discovery.type"));
            }
            return backends.isEmpty() ? ConditionOutcome.match(message.didNotFind("property").items(PROPERTY))
                    : ConditionOutcome.noMatch(message.found("property").items(PROPERTY));
        }

    }

}
