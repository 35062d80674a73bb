package io.memlink.sample.demo;

import io.memlink.spring.boot.autoconfigure.MemlinkClientBuilderCustomizer;
import io.memlink.spring.boot.autoconfigure.MemlinkConnectionDetails;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * The beans of the demonstration that take the place of Memlink's own.
 */
@Configuration(proxyBeanMethods = false)
class DemoConfiguration {

    /** Three servers in this process, in place of one, as long as none is named. */
    @Bean
    @ConditionalOnMissingBean(MemlinkConnectionDetails.class)
    @Conditional(OnNoBackends.class)
    DemoServers demoServers() {
        return new DemoServers();
    }

    /** Tells each look at the cache what became of its request. */
    @Bean
    MemlinkClientBuilderCustomizer lookObserver(ObjectProvider<MemlinkCacheManager> caches) {
        return (builder) -> builder.requestObserver(new LookObserver(caches));
    }

    /**
     * Condition that matches if the user has not named any servers.
     */
    static class OnNoBackends extends SpringBootCondition {

        @Override
        public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
            Binder binder = Binder.get(context.getEnvironment());
            boolean named = binder.bind("memlink.backends", Bindable.listOf(String.class)).isBound()
                    || binder.bind("memlink.discovery.type", String.class).isBound();
            return new ConditionOutcome(!named,
                    ConditionMessage.of("memlink.backends is " + (named ? "" : "not ") + "set"));
        }

    }

}
