package io.memlink.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.memlink.discovery.Discovery;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.Discovery.Type;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.StringUtils;

/**
 * Connection details from properties. Safe for use by many threads.
 */
final class PropertiesMemlinkConnectionDetails implements MemlinkConnectionDetails {

    private static final List<Backend> DEFAULT_BACKENDS = List.of(Backend.of("localhost", Backend.DEFAULT_PORT));

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
    public List<Backend> getBackends() {
        List<String> backends = this.properties.getBackends();
        if (backends == null || backends.isEmpty()) {
            return (this.properties.getDiscovery().getType() == Type.STATIC) ? DEFAULT_BACKENDS : List.of();
        }
        return backends.stream().map(this::parse).toList();
    }

    private Backend parse(String backend) {
        try {
            return Backend.parse(backend);
        }
        catch (IllegalArgumentException ex) {
            throw invalid("backends", backend, ex.getMessage(), ex);
        }
    }

    @Override
    public @Nullable BackendDiscovery getDiscovery() {
        MemlinkClientProperties.Discovery discovery = this.properties.getDiscovery();
        List<String> names = discovery.getNames();
        if (discovery.getType() == Type.STATIC) {
            if (!names.isEmpty()) {
                throw invalid("discovery.type", discovery.getType(),
                        "Names are set, but this type looks up none (expected: dns, srv or elasticache).", null);
            }
            return null;
        }
        try {
            String type = discovery.getType().name().toLowerCase(Locale.ROOT);
            return new BackendDiscovery(Discovery.named(type, names), discovery.getInterval());
        }
        catch (IllegalArgumentException ex) {
            throw invalid("discovery.names", names, ex.getMessage(), ex);
        }
    }

    @Override
    public @Nullable String getUsername() {
        String username = this.properties.getUsername();
        if (!StringUtils.hasText(username) && StringUtils.hasText(this.properties.getPassword())) {
            throw invalid("username", username,
                    "A password is set without a user name (expected: the name it belongs to).", null);
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

    private InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
            @Nullable String reason, @Nullable Throwable cause) {
        return new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value, reason, cause);
    }

}
