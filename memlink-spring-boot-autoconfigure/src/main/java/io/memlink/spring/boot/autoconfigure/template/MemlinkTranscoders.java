package io.memlink.spring.boot.autoconfigure.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.Transcoder;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.TranscoderFactory;
import io.memlink.spring.TranscoderSettings;
import io.memlink.spring.TranscoderSettings.Format;
import io.memlink.transcoder.Compression.InflationLimit;
import io.memlink.transcoder.JdkTranscoder;
import io.memlink.value.MemlinkTypeConverter;
import io.memlink.value.TrustedClasses;
import io.memlink.value.ValueFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Transcoder settings from properties, whose failures name the property that is wrong.
 * Immutable.
 *
 * @param serialization how objects become bytes
 * @param compression how those become fewer
 */
record MemlinkTranscoders(MemlinkSerializationProperties serialization, MemlinkCompressionProperties compression) {

    TranscoderSettings settings() {
        MemlinkCompressionProperties properties = this.compression;
        TranscoderSettings layout = TranscoderSettings.defaults()
            .profile(this.serialization.getProfile())
            .format(this.serialization.getFormat())
            .alsoRead(this.serialization.getAlsoRead());
        TranscoderSettings compressed = checked("memlink.compression.algorithm", properties.getAlgorithm(),
                () -> layout.compression(properties.getAlgorithm()));
        TranscoderSettings settings = checked("memlink.compression.threshold", properties.getThreshold(),
                () -> compressed.compressionThreshold(bytes(properties.getThreshold())));
        InflationLimit size = checked("memlink.compression.max-inflated-size", properties.getMaxInflatedSize(),
                () -> new InflationLimit(bytes(properties.getMaxInflatedSize()), InflationLimit.DEFAULT.maxRatio()));
        return settings.limit(checked("memlink.compression.max-ratio", properties.getMaxRatio(),
                () -> new InflationLimit(size.maxBytes(), properties.getMaxRatio())));
    }

    private static int bytes(DataSize size) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(size.toBytes(), Integer.MAX_VALUE));
    }

    ValueFormat valueFormat(List<String> trusted, Stream<MemlinkTypeConverter<?, ?>> converters,
            ClassLoader classLoader) {
        ValueFormat plain = checked("memlink.serialization.trusted-packages", trusted,
                () -> ValueFormat.of(classLoader, TrustedClasses.of(trusted)));
        ValueFormat format = plain;
        for (MemlinkTypeConverter<?, ?> converter : converters.toList()) {
            format = format.with(converter);
        }
        for (MemlinkTypeConverter<?, ?> converter : new LibraryConverters(classLoader).all()) {
            format = format.with(converter);
        }
        return format;
    }

    TranscoderFactory factory(@Nullable JsonTranscoder json, ValueFormat values, ClassLoader classLoader) {
        String filter = this.serialization.getJdkFilter();
        boolean used = this.serialization.getFormat() == Format.JDK
                || this.serialization.getAlsoRead().contains(Format.JDK);
        if (filter == null && !used) {
            return new TranscoderFactory(json, null, values);
        }
        JdkTranscoder jdk = checked("memlink.serialization.jdk-filter", filter,
                () -> new JdkTranscoder((filter != null) ? filter : "", classLoader));
        return new TranscoderFactory(json, jdk, values);
    }

    /** The transcoder of all values, with the name of the property that asks too much. */
    Transcoder<Object> objects(TranscoderFactory factory, TranscoderSettings settings) {
        boolean written = isThere(factory, settings.alsoRead(Set.of()));
        return checked("memlink.serialization." + (written ? "also-read" : "format"),
                written ? this.serialization.getAlsoRead() : this.serialization.getFormat(),
                () -> factory.objects(settings));
    }

    private static boolean isThere(TranscoderFactory factory, TranscoderSettings settings) {
        try {
            factory.objects(settings);
            return true;
        }
        catch (IllegalArgumentException ex) {
            return false;
        }
    }

    List<String> trustedPackages(BeanFactory beanFactory) {
        List<String> trusted = new ArrayList<>(this.serialization.getTrustedPackages());
        if (AutoConfigurationPackages.has(beanFactory)) {
            AutoConfigurationPackages.get(beanFactory).stream().filter(StringUtils::hasText).forEach(trusted::add);
        }
        return trusted;
    }

    <T> T checked(String name, @Nullable Object value, Supplier<T> result) {
        try {
            return result.get();
        }
        catch (IllegalArgumentException | IllegalStateException ex) {
            throw new InvalidConfigurationPropertyValueException(name, value, ex.getMessage(), ex);
        }
    }

}
