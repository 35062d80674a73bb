package io.memlink.spring.boot.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.memlink.spring.boot.autoconfigure.MemlinkClientProperties.Ssl;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MutuallyExclusiveConfigurationPropertiesException;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.jks.JksSslStoreBundle;
import org.springframework.boot.ssl.jks.JksSslStoreDetails;
import org.springframework.util.StringUtils;

/**
 * Certificates from properties: a named bundle, always in its current version, or stores,
 * which are read once. Safe for use by many threads.
 */
final class PropertiesSslBundle implements Supplier<@Nullable SslBundle> {

    private final String prefix;

    private final Ssl properties;

    private final @Nullable SslBundles bundles;

    private @Nullable SslBundle ofStores;

    private volatile @Nullable SslBundle readable;

    PropertiesSslBundle(String prefix, Ssl properties, @Nullable SslBundles bundles) {
        this.prefix = prefix;
        this.properties = properties;
        this.bundles = bundles;
    }

    @Override
    public @Nullable SslBundle get() {
        check();
        if (!this.properties.isEnabled()) {
            return null;
        }
        String name = this.properties.getBundle();
        if (StringUtils.hasText(name)) {
            return bundle(name);
        }
        return this.properties.isMaterialNamed() ? ofStores() : SslBundle.systemDefault();
    }

    private SslBundle bundle(String name) {
        List<String> known = (this.bundles != null) ? this.bundles.getBundleNames() : List.of();
        try {
            if (this.bundles != null) {
                return readable(this.bundles.getBundle(name));
            }
        }
        catch (NoSuchSslBundleException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".bundle", name, noSuchBundle(known),
                    ex);
        }
        catch (RuntimeException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + ".bundle", name,
                    "It cannot be read: " + reasonOf(ex) + " (expected: what spring.ssl.bundle.pem." + name
                            + " or spring.ssl.bundle.jks." + name + " names, and the passwords for it).",
                    ex);
        }
        throw invalid("bundle", name, noSuchBundle(known));
    }

    /** Its files are read when they are needed, which is too late to tell why not. */
    private SslBundle readable(SslBundle bundle) {
        if (this.readable != bundle) {
            bundle.getManagers().getKeyManagerFactory();
            bundle.getManagers().getTrustManagerFactory();
            this.readable = bundle;
        }
        return bundle;
    }

    private static String noSuchBundle(List<String> known) {
        return known.isEmpty() ? "There are no SSL bundles (expected: one below spring.ssl.bundle)."
                : "There is no such SSL bundle (expected: one of " + String.join(", ", known) + ").";
    }

    private void check() {
        Ssl ssl = this.properties;
        requireOneOf("key-store", ssl.getKeyStore());
        requireOneOf("trust-store", ssl.getTrustStore());
        if (!ssl.isEnabled()) {
            requireUnset("bundle", ssl.getBundle());
            requireUnset("key-store", ssl.getKeyStore());
            requireUnset("trust-store", ssl.getTrustStore());
            requireUnset("verify-hostname", ssl.isVerifyHostname() ? null : "false");
        }
        requireStore("key-store", ssl.getKeyStore(), ssl.getKeyStorePassword(), ssl.getKeyStoreType());
        requireStore("trust-store", ssl.getTrustStore(), ssl.getTrustStorePassword(), ssl.getTrustStoreType());
    }

    private void requireOneOf(String name, @Nullable String store) {
        MutuallyExclusiveConfigurationPropertiesException.throwIfMultipleNonNullValuesIn((entries) -> {
            entries.put(this.prefix + ".bundle", textOf(this.properties.getBundle()));
            entries.put(this.prefix + "." + name, textOf(store));
        });
    }

    private static @Nullable String textOf(@Nullable String value) {
        return StringUtils.hasText(value) ? value : null;
    }

    private void requireUnset(String name, @Nullable String value) {
        if (StringUtils.hasText(value)) {
            throw invalid("enabled", "false", "Encryption is disabled, but " + this.prefix + "." + name
                    + " is set (expected: true, or no such setting).");
        }
    }

    /** Passwords and types mean nothing without a store; the password is not shown. */
    private void requireStore(String name, @Nullable String store, @Nullable String password, @Nullable String type) {
        String lonely = StringUtils.hasText(password) ? "-password" : StringUtils.hasText(type) ? "-type" : null;
        if (!StringUtils.hasText(store) && lonely != null) {
            throw invalid(name, store,
                    this.prefix + "." + name + lonely + " is set (expected: the location of the store it belongs to).");
        }
    }

    private InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String reason) {
        return new InvalidConfigurationPropertyValueException(this.prefix + "." + name, value, reason);
    }

    private synchronized SslBundle ofStores() {
        SslBundle bundle = this.ofStores;
        if (bundle == null) {
            Ssl ssl = this.properties;
            JksSslStoreBundle stores = new JksSslStoreBundle(
                    new JksSslStoreDetails(ssl.getKeyStoreType(), null, ssl.getKeyStore(), ssl.getKeyStorePassword()),
                    new JksSslStoreDetails(ssl.getTrustStoreType(), null, ssl.getTrustStore(),
                            ssl.getTrustStorePassword()));
            requireReadable("key-store", ssl.getKeyStore(), stores::getKeyStore);
            requireReadable("trust-store", ssl.getTrustStore(), stores::getTrustStore);
            bundle = SslBundle.of(stores);
            this.ofStores = bundle;
        }
        return bundle;
    }

    private void requireReadable(String name, @Nullable String location, Runnable read) {
        try {
            read.run();
        }
        catch (IllegalStateException ex) {
            throw new InvalidConfigurationPropertyValueException(this.prefix + "." + name, location,
                    "It cannot be read: " + reasonOf(ex)
                            + " (expected: the location, the type and the password of a key store).",
                    ex);
        }
    }

    private static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return (message != null) ? message : root.getClass().getName();
    }

}
