package io.memlink.spring.boot.autoconfigure.template;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.TypedTranscoders;
import io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.condition.ConditionalOnSwitch;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration of the template and of the encoding of objects.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = MemlinkAutoConfiguration.class,
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnClass(MemlinkClient.class)
@ConditionalOnSingleCandidate(MemlinkClient.class)
@EnableConfigurationProperties({ MemlinkSerializationProperties.class, MemlinkCompressionProperties.class })
@Import({ MemlinkTranscoderConfiguration.WithJackson.class, MemlinkTranscoderConfiguration.WithoutJackson.class })
public final class MemlinkTemplateAutoConfiguration {

    MemlinkTemplateAutoConfiguration() {
    }

    @Bean
    MemlinkTranscoders memlinkTranscoders(MemlinkSerializationProperties serialization,
            MemlinkCompressionProperties compression) {
        return new MemlinkTranscoders(serialization, compression);
    }

    @Bean
    @ConditionalOnMissingBean
    TranscoderSettings memlinkTranscoderSettings(MemlinkTranscoders transcoders) {
        return transcoders.settings();
    }

    @Bean
    @ConditionalOnBean(TranscoderFactory.class)
    @ConditionalOnMissingBean(name = "memlinkTranscoder")
    Transcoder<Object> memlinkTranscoder(MemlinkTranscoders transcoders, TranscoderFactory factory,
            TranscoderSettings settings) {
        return transcoders.objects(factory, settings);
    }

    @Bean
    @ConditionalOnBean(TranscoderFactory.class)
    @ConditionalOnMissingBean
    @ConditionalOnSwitch("memlink.serialization.declared-types")
    TypedTranscoders memlinkTypedTranscoders(MemlinkTranscoders transcoders, TranscoderFactory factory,
            TranscoderSettings settings) {
        return transcoders.checked("memlink.serialization.declared-types", true, () -> factory.declared(settings));
    }

    @Bean
    @ConditionalOnBean(name = "memlinkTranscoder")
    @ConditionalOnMissingBean
    MemlinkTemplate memlinkTemplate(MemlinkClient client, Transcoder<Object> memlinkTranscoder,
            ObjectProvider<TypedTranscoders> types) {
        return template(client, memlinkTranscoder, types);
    }

    @Bean
    static NamedTemplateRegistrar memlinkNamedTemplates(Environment environment) {
        return new NamedTemplateRegistrar(environment);
    }

    static MemlinkTemplate template(MemlinkClient client, Transcoder<Object> transcoder,
            ObjectProvider<TypedTranscoders> types) {
        TypedTranscoders typed = types.getIfAvailable();
        return (typed != null) ? new MemlinkTemplate(client, transcoder, typed)
                : new MemlinkTemplate(client, transcoder);
    }

}
