package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What the properties say.
 *
 * @param properties the properties
 * @param sslBundles the bundles there are
 */
record PropertiesMemlinkConnectionDetails(MemlinkProperties properties,
        @Nullable SslBundles sslBundles) implements MemlinkConnectionDetails {

    private static final List<String> DEFAULT_BACKENDS = List.of("localhost:11211");

    @Override
    public List<String> getBackends() {
        List<String> backends = this.properties.getBackends();
        return (backends != null && !backends.isEmpty()) ? backends : DEFAULT_BACKENDS;
    }

    @Override
    public @Nullable String getUsername() {
        return this.properties.getUsername();
    }

    @Override
    public @Nullable String getPassword() {
        return this.properties.getPassword();
    }

    @Override
    public @Nullable SslBundle getSslBundle() {
        MemlinkProperties.Ssl ssl = this.properties.getSsl();
        if (!ssl.isEnabled()) {
            return null;
        }
        String name = ssl.getBundle();
        if (!StringUtils.hasText(name)) {
            return SslBundle.systemDefault();
        }
        Assert.notNull(this.sslBundles, "SSL bundle name has been set but no SSL bundles found in context");
        return this.sslBundles.getBundle(name);
    }

}
