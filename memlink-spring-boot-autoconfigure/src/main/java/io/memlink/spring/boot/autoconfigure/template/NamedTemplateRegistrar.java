package io.memlink.spring.boot.autoconfigure.template;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.TypedTranscoders;
import io.memlink.spring.boot.autoconfigure.NamedClients;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Registrar of a template for each client under {@code memlink.clients}, if there is a
 * transcoder.
 *
 * @param environment holds the names
 */
record NamedTemplateRegistrar(Environment environment) implements BeanDefinitionRegistryPostProcessor {

    private static final String TRANSCODER = "memlinkTranscoder";

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beanFactory
                && registry.containsBeanDefinition(TRANSCODER)) {
            NamedClients.names(this.environment)
                .forEach((name) -> NamedClients.register(registry, name + "MemlinkTemplate", name,
                        MemlinkTemplate.class, () -> template(beanFactory, name)));
        }
    }

    @SuppressWarnings("unchecked")
    private static MemlinkTemplate template(ConfigurableListableBeanFactory beanFactory, String name) {
        MemlinkClient client = beanFactory.getBean(NamedClients.beanName(name), MemlinkClient.class);
        Transcoder<Object> transcoder = beanFactory.getBean(TRANSCODER, Transcoder.class);
        return MemlinkTemplateAutoConfiguration.template(client, transcoder,
                beanFactory.getBeanProvider(TypedTranscoders.class));
    }

}
