package io.memlink.spring.boot.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/**
 * Settings of the encryption of connections. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public class MemlinkSslProperties {

    /**
     * Whether to encrypt connections. Enabled automatically if a bundle, a key store or a
     * trust store is set.
     */
    private @Nullable Boolean enabled;

    /**
     * Name of the SSL bundle with the certificates.
     */
    private @Nullable String bundle;

    /**
     * Location of the key store with the certificate that is shown to the servers. Not
     * together with a bundle. Read once; a bundle can be reloaded.
     */
    private @Nullable String keyStore;

    /**
     * Password of the key store, and of the key in it.
     */
    private @Nullable String keyStorePassword;

    /**
     * Type of the key store.
     */
    private @Nullable String keyStoreType;

    /**
     * Location of the trust store with the certificates of the servers, or of who signed
     * them. Not together with a bundle. Read once; a bundle can be reloaded.
     */
    private @Nullable String trustStore;

    /**
     * Password of the trust store.
     */
    private @Nullable String trustStorePassword;

    /**
     * Type of the trust store.
     */
    private @Nullable String trustStoreType;

    /**
     * Whether the certificate of a server must name the host that was dialed.
     */
    private boolean verifyHostname = true;

    public boolean isEnabled() {
        return (this.enabled != null) ? this.enabled : isMaterialNamed();
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable String getBundle() {
        return this.bundle;
    }

    public void setBundle(@Nullable String bundle) {
        this.bundle = bundle;
    }

    public @Nullable String getKeyStore() {
        return this.keyStore;
    }

    public void setKeyStore(@Nullable String keyStore) {
        this.keyStore = keyStore;
    }

    public @Nullable String getKeyStorePassword() {
        return this.keyStorePassword;
    }

    public void setKeyStorePassword(@Nullable String keyStorePassword) {
        this.keyStorePassword = keyStorePassword;
    }

    public @Nullable String getKeyStoreType() {
        return this.keyStoreType;
    }

    public void setKeyStoreType(@Nullable String keyStoreType) {
        this.keyStoreType = keyStoreType;
    }

    public @Nullable String getTrustStore() {
        return this.trustStore;
    }

    public void setTrustStore(@Nullable String trustStore) {
        this.trustStore = trustStore;
    }

    public @Nullable String getTrustStorePassword() {
        return this.trustStorePassword;
    }

    public void setTrustStorePassword(@Nullable String trustStorePassword) {
        this.trustStorePassword = trustStorePassword;
    }

    public @Nullable String getTrustStoreType() {
        return this.trustStoreType;
    }

    public void setTrustStoreType(@Nullable String trustStoreType) {
        this.trustStoreType = trustStoreType;
    }

    public boolean isVerifyHostname() {
        return this.verifyHostname;
    }

    public void setVerifyHostname(boolean verifyHostname) {
        this.verifyHostname = verifyHostname;
    }

    boolean isMaterialNamed() {
        return StringUtils.hasText(this.bundle) || StringUtils.hasText(this.keyStore)
                || StringUtils.hasText(this.trustStore);
    }

}
