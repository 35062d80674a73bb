package io.memlink.spring.boot.autoconfigure;

import io.memlink.MemlinkClient;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Registrar of a client and its lifecycle for each name under {@code memlink.clients}.
 *
 * @param environment holds the names
 */
record NamedClientRegistrar(Environment environment) implements BeanDefinitionRegistryPostProcessor {

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
            NamedClients.names(this.environment).forEach((name) -> register(registry, beanFactory, name));
        }
    }

    private static void register(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory,
            String name) {
        String clientName = NamedClients.beanName(name);
        if (registry.containsBeanDefinition(clientName)) {
            return;
        }
        String lifecycleName = clientName + "Lifecycle";
        NamedClients.register(registry, lifecycleName, name, MemlinkClientLifecycle.class,
                () -> beanFactory.getBean(MemlinkClients.class).named(name));
        NamedClients.register(registry, clientName, name, MemlinkClient.class,
                () -> beanFactory.getBean(lifecycleName, MemlinkClientLifecycle.class).client());
    }

}
