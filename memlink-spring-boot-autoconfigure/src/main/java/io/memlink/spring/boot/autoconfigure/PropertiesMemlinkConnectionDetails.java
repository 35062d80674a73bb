package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkDiscoveryProperties.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * What the properties say. Safe for use by many threads.
 */
final class PropertiesMemlinkConnectionDetails implements MemlinkConnectionDetails {

    private static final List<String> DEFAULT_BACKENDS = List.of("localhost:11211");

    private final String prefix;

    private final MemlinkClientProperties properties;

    private final PropertiesSslBundle sslBundle;

    PropertiesMemlinkConnectionDetails(String prefix, MemlinkClientProperties properties,
            @Nullable SslBundles sslBundles) {
        this.prefix = prefix;
        this.properties = properties;
        this.sslBundle = new PropertiesSslBundle(prefix + ".ssl", properties.getSsl(), sslBundles);
    }

    @Override
    public List<String> getBackends() {
        List<String> backends = this.properties.getBackends();
        if (backends == null || backends.isEmpty()) {
            return (this.properties.getDiscovery().getType() == Type.STATIC) ? DEFAULT_BACKENDS : List.of();
        }
        backends.forEach(this::check);
        return backends;
    }

    private void check(String backend) {
        try {
            Backend.parse(backend);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".backends", backend, ex.getMessage(),
                    ex);
        }
    }

    @Override
    public @Nullable String getUsername() {
        String username = this.properties.getUsername();
        if (!StringUtils.hasText(username) && StringUtils.hasText(this.properties.getPassword())) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".username", username,
                    "A password is set (expected: the name that belongs to it).");
        }
        return username;
    }

    @Override
    public @Nullable String getPassword() {
        return this.properties.getPassword();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        return this.sslBundle.get();
    }

}
