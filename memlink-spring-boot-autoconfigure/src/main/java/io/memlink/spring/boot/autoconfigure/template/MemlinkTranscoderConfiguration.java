package io.memlink.spring.boot.autoconfigure.template;

import java.util.List;

import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.TranscoderFactory;
import io.memlink.value.MemlinkTypeConverter;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import tools.jackson.databind.json.JsonMapper;

/**
 * Configuration of the transcoder factory, with Jackson and without.
 */
final class MemlinkTranscoderConfiguration {

    private MemlinkTranscoderConfiguration() {
    }

    private static ClassLoader classLoader(ResourceLoader resourceLoader) {
        ClassLoader classLoader = resourceLoader.getClassLoader();
        return (classLoader != null) ? classLoader : MemlinkTranscoderConfiguration.class.getClassLoader();
    }

    /**
     * Factory with the mapper of the application, or with one of its own.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(JsonMapper.class)
    @ConditionalOnMissingBean(TranscoderFactory.class)
    static class WithJackson {

        @Bean
        TranscoderFactory memlinkTranscoderFactory(MemlinkTranscoders transcoders, ObjectProvider<JsonMapper> mapper,
                ObjectProvider<MemlinkTypeConverter<?, ?>> converters, BeanFactory beanFactory,
                ResourceLoader resourceLoader) {
            List<String> trusted = transcoders.trustedPackages(beanFactory);
            JsonTranscoder json = transcoders.checked("memlink.serialization.trusted-packages", trusted,
                    () -> new JsonTranscoder(mapper.getIfUnique(JsonMapper::shared), trusted));
            ClassLoader classLoader = classLoader(resourceLoader);
            return transcoders.factory(json, transcoders.valueFormat(trusted, converters.orderedStream(), classLoader),
                    classLoader);
        }

    }

    /**
     * Factory without JSON.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("tools.jackson.databind.json.JsonMapper")
    @ConditionalOnMissingBean(TranscoderFactory.class)
    static class WithoutJackson {

        @Bean
        TranscoderFactory memlinkTranscoderFactory(MemlinkTranscoders transcoders,
                ObjectProvider<MemlinkTypeConverter<?, ?>> converters, BeanFactory beanFactory,
                ResourceLoader resourceLoader) {
            ClassLoader classLoader = classLoader(resourceLoader);
            return transcoders.factory(null, transcoders.valueFormat(transcoders.trustedPackages(beanFactory),
                    converters.orderedStream(), classLoader), classLoader);
        }

    }

}
