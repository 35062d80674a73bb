package io.memlink.spring.boot.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.MemlinkTemplate;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration of the template, and of how objects become bytes.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkAutoConfiguration.class,
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass({ MemlinkClient.class, JsonMapper.class })
@ConditionalOnSingleCandidate(MemlinkClient.class)
public final class MemlinkTemplateAutoConfiguration {

    MemlinkTemplateAutoConfiguration() {
    }

    @Bean
    @ConditionalOnMissingBean(name = "memlinkTranscoder")
    Transcoder<Object> memlinkTranscoder(ObjectProvider<MemlinkProperties> properties,
            ObjectProvider<JsonMapper> mapper, BeanFactory beanFactory) {
        List<String> trusted = new ArrayList<>();
        properties.ifAvailable((settings) -> trusted.addAll(settings.getSerialization().getTrustedPackages()));
        if (AutoConfigurationPackages.has(beanFactory)) {
            AutoConfigurationPackages.get(beanFactory).stream().filter(StringUtils::hasText).forEach(trusted::add);
        }
        return new JsonTranscoder(mapper.getIfUnique(JsonMapper::shared), trusted);
    }

    @Bean
    @ConditionalOnMissingBean
    MemlinkTemplate memlinkTemplate(MemlinkClient client, Transcoder<Object> memlinkTranscoder) {
        return new MemlinkTemplate(client, memlinkTranscoder);
    }

}
