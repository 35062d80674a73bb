package io.memlink.spring.boot.autoconfigure;

import java.util.Map;
import java.util.function.Supplier;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.TypedTranscoders;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Registers a client and a template for each name under {@code memlink.clients}, which
 * are injected where their name is given as a qualifier. Does so anew at each start, with
 * ahead-of-time processing too, since the names may depend on the environment.
 */
final class NamedClients implements BeanDefinitionRegistryPostProcessor {

    private static final Bindable<Map<String, MemlinkClientProperties>> CLIENTS = Bindable.mapOf(String.class,
            MemlinkClientProperties.class);

    private final Environment environment;

    NamedClients(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
            Binder.get(this.environment)
                .bind("memlink.clients", CLIENTS)
                .orElse(Map.of())
                .keySet()
                .forEach((name) -> register(registry, beanFactory, name));
        }
    }

    /** Returns the name of the bean of a client. */
    static String beanName(String client) {
        return client + "MemlinkClient";
    }

    private static void register(BeanDefinitionRegistry registry, ConfigurableListableBeanFactory beanFactory,
            String name) {
        String clientName = beanName(name);
        register(registry, clientName, name, RestartableMemlinkClient.class,
                () -> beanFactory.getBean(MemlinkClients.class).named(name));
        if (registry.containsBeanDefinition("memlinkTranscoder")) {
            register(registry, name + "MemlinkTemplate", name, MemlinkTemplate.class,
                    () -> MemlinkTemplateAutoConfiguration.template(
                            beanFactory.getBean(clientName, MemlinkClient.class), transcoder(beanFactory),
                            beanFactory.getBeanProvider(TypedTranscoders.class)));
        }
    }

    @SuppressWarnings("unchecked")
    private static Transcoder<Object> transcoder(ConfigurableListableBeanFactory beanFactory) {
        return beanFactory.getBean("memlinkTranscoder", Transcoder.class);
    }

    private static <T> void register(BeanDefinitionRegistry registry, String beanName, String name, Class<T> type,
            Supplier<T> supplier) {
        if (registry.containsBeanDefinition(beanName)) {
            return;
        }
        RootBeanDefinition definition = new RootBeanDefinition(type, supplier);
        definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
        // The unnamed one is what is meant where no name is given.
        definition.setFallback(true);
        definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
        registry.registerBeanDefinition(beanName, definition);
    }

}
