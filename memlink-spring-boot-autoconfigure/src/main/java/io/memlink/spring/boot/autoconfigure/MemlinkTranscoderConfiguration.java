package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.TranscoderFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/** What makes transcoders, with Jackson and without. */
final class MemlinkTranscoderConfiguration {

    private MemlinkTranscoderConfiguration() {
    }

    private static ClassLoader classLoader(ResourceLoader resourceLoader) {
        ClassLoader classLoader = resourceLoader.getClassLoader();
        return (classLoader != null) ? classLoader : MemlinkTranscoderConfiguration.class.getClassLoader();
    }

    /** With the application's mapper, or one of its own. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    @ConditionalOnMissingBean(TranscoderFactory.class)
    static class WithJackson {

        @Bean
        TranscoderFactory memlinkTranscoderFactory(MemlinkTranscoders transcoders, ObjectProvider<JsonMapper> mapper,
                BeanFactory beanFactory, ResourceLoader resourceLoader) {
            List<String> trusted = transcoders.trustedPackages(beanFactory);
            JsonTranscoder json = transcoders.checked("memlink.serialization.trusted-packages", trusted,
                    () -> new JsonTranscoder(mapper.getIfUnique(JsonMapper::shared), trusted));
            return transcoders.factory(json, classLoader(resourceLoader));
        }

    }

    /** Where the settings ask for no JSON. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("tools.jackson.databind.json.JsonMapper")
    @ConditionalOnMissingBean(TranscoderFactory.class)
    @Conditional(OnOtherFormat.class)
    static class WithoutJackson {

        @Bean
        TranscoderFactory memlinkTranscoderFactory(MemlinkTranscoders transcoders, ResourceLoader resourceLoader) {
            return transcoders.factory(null, classLoader(resourceLoader));
        }

    }

    /** The properties name a format that is not JSON. */
    static class OnOtherFormat extends AnyNestedCondition {

        OnOtherFormat() {
            super(ConfigurationPhase.PARSE_CONFIGURATION);
        }

        @ConditionalOnProperty(name = "memlink.serialization.format", havingValue = "jdk")
        static class Jdk {

        }

        @ConditionalOnProperty(name = "memlink.serialization.profile", havingValue = "spymemcached")
        static class Spymemcached {

        }

        @ConditionalOnProperty(name = "memlink.serialization.profile", havingValue = "xmemcached")
        static class Xmemcached {

        }

    }

}
