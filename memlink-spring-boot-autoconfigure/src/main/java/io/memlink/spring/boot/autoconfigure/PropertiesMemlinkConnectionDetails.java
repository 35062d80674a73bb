package io.memlink.spring.boot.autoconfigure;

import java.util.List;
import java.util.Locale;

import io.memlink.MemlinkClient;
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
        List<Backend> parsed = backends.stream().map(this::parse).toList();
        check("backends", backends, () -> MemlinkClient.builder().backends(parsed.toArray(Backend[]::new)));
        return parsed;
    }

    /** Refuses what the builder refuses, in the name of the property. */
    private void check(String name, Object value, Runnable setting) {
        try {
            setting.run();
        }
        catch (IllegalArgumentException ex) {
            throw invalid(name, value, ex.getMessage(), ex);
        }
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
        Discovery.Factory factory = discovery(discovery.getType(), names);
        check("discovery.interval", discovery.getInterval(),
                () -> MemlinkClient.builder().discovery(factory, discovery.getInterval()));
        return new BackendDiscovery(factory, discovery.getInterval());
    }

    private Discovery.Factory discovery(Type type, List<String> names) {
        try {
            return Discovery.named(type.name().toLowerCase(Locale.ROOT), names);
        }
        catch (IllegalArgumentException ex) {
            throw invalid("discovery.names", names, ex.getMessage(), ex);
        }
    }

    @Override
    public @Nullable String getUsername() {
        String username = this.properties.getUsername();
        String password = this.properties.getPassword();
        if (!StringUtils.hasText(username)) {
            if (StringUtils.hasText(password)) {
                throw invalid("username", username,
                        "A password is set without a user name (expected: the name it belongs to).", null);
            }
            return null;
        }
        if (password == null) {
            throw invalid("password", null,
                    "A user name is set without a password (expected: that of the user, or an empty one).", null);
        }
        checkCredentials(username, password);
        return username;
    }

    /** The message names what is wrong, and shows neither a name nor a password. */
    private void checkCredentials(String username, String password) {
        checkCredentials("username", username, "");
        checkCredentials("password", username, password);
    }

    private void checkCredentials(String name, String username, String password) {
        try {
            MemlinkClient.builder().credentials(username, password);
        }
        catch (IllegalArgumentException ex) {
            throw new InvalidCredentialsException(this.prefix + "." + name, ex.getMessage(), ex);
        }
    }

    @Override
    public @Nullable String getPassword() {
        return this.properties.getPassword();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        return this.sslBundle.get();
    }

    /**
     * Refuses settings of servers where none is named, and others stand in.
     * @param instead what is used instead, in words
     */
    void requireNothingOfServers(String instead) {
        getDiscovery();
        String lonely = (getUsername() != null) ? "username" : (getSslBundle() != null) ? "ssl" : null;
        if (lonely != null) {
            throw invalid("backends", this.properties.getBackends(),
                    "No backend is named, so " + instead + " would be used, but " + this.prefix + "." + lonely
                            + " is set (expected: backends, or no such setting).",
                    null);
        }
    }

    private InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value,
            @Nullable String reason, @Nullable Throwable cause) {
        return new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value, reason, cause);
    }

    /**
     * Failure of a start because of a user name or a password that cannot be sent. Spring
     * Boot would look up and show what it is.
     */
    static final class InvalidCredentialsException extends IllegalArgumentException {

        private static final long serialVersionUID = 1L;

        private final String property;

        /**
         * Creates a failure.
         * @param property the name of the property
         * @param reason what is wrong with it, and what was expected; without its value
         * @param cause what refused it
         */
        InvalidCredentialsException(String property, @Nullable String reason, IllegalArgumentException cause) {
            super(property + " is invalid: " + reason, cause);
            this.property = property;
        }

        /** Returns the name of the property. */
        String property() {
            return this.property;
        }

    }

}
