package io.memlink.spring.boot.autoconfigure.cache;

import java.util.function.Consumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Settings that share a prefix.
 *
 * @param prefix what their names begin with
 * @param properties the settings
 */
record CachePropertiesLayer(String prefix, MemlinkCacheProperties properties) {

    /** Whether it says how values become bytes, other than by a transcoder. */
    boolean hasEncoding() {
        MemlinkCacheProperties.Serialization serialization = this.properties.getSerialization();
        return this.properties.getCompression() != null || serialization.getFormat() != null
                || serialization.getAlsoRead() != null;
    }

    <T> void apply(String name, Function<MemlinkCacheProperties, @Nullable T> getter, Consumer<T> setting) {
        T value = getter.apply(this.properties);
        if (value == null) {
            return;
        }
        try {
            setting.accept(value);
        }
        catch (IllegalArgumentException | IllegalStateException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value, ex.getMessage(), ex);
        }
    }

}
