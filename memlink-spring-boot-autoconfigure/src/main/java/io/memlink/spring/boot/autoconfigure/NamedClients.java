package io.memlink.spring.boot.autoconfigure;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * The clients under {@code memlink.clients}: their names, and the definitions of beans
 * that are injected where the name of a client is the qualifier. Definitions are
 * registered at each start, also after ahead-of-time processing, since the names may
 * depend on the environment.
 *
 * @since 0.1.0
 */
public final class NamedClients {

    private static final String PREFIX = "memlink.clients";

    private static final Bindable<Map<String, MemlinkClientProperties>> CLIENTS = Bindable.mapOf(String.class,
            MemlinkClientProperties.class);

    private NamedClients() {
    }

    /**
     * Returns the names of the clients.
     * @param environment holds the properties
     * @return the names; empty where there are none
     */
    public static Set<String> names(Environment environment) {
        Set<String> bound = Binder.get(environment).bind(PREFIX, CLIENTS).orElse(Map.of()).keySet();
        return NamedSettings.distinct(environment, PREFIX, bound);
    }

    /**
     * Returns the name of the bean of a client.
     * @param client the name of the client
     * @return the name of its bean
     */
    public static String beanName(String client) {
        return client + "MemlinkClient";
    }

    /**
     * Registers a bean that belongs to a client, unless there is one of its name.
     * @param registry where it is registered
     * @param beanName the name of the bean
     * @param client the name of the client, by which the bean is qualified
     * @param type the type of the bean
     * @param supplier makes the bean
     * @param <T> the type of the bean
     */
    public static <T> void register(BeanDefinitionRegistry registry, String beanName, String client, Class<T> type,
            Supplier<T> supplier) {
        if (registry.containsBeanDefinition(beanName)) {
            return;
        }
        RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, client));
        // The unnamed one is what is meant where no name is given.
        definition.setFallback(true);
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        registry.registerBeanDefinition(beanName, definition);
    }

}
