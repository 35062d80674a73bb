package io.memlink.link;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;

/**
 * How connections are encrypted, and who is trusted. Immutable; files are read when the
 * options are built, so that building them again reads what has changed.
 *
 * @since 0.1.0
 */
public final class TlsOptions {

    /** The protocol versions that are used unless told otherwise. */
    public static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private final @Nullable KeyManagerFactory keyManagers;

    private final @Nullable TrustManagerFactory trustManagers;

    private final List<String> protocols;

    private final @Nullable List<String> cipherSuites;

    private final boolean verifyHostname;

    private TlsOptions(Builder builder) {
        this.keyManagers = builder.keyManagers;
        this.trustManagers = builder.trustManagers;
        this.protocols = builder.protocols;
        this.cipherSuites = builder.cipherSuites;
        this.verifyHostname = builder.verifyHostname;
    }

    /**
     * Starts with the defaults: the authorities the JDK trusts, no certificate of our
     * own, and the name of the host verified.
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    @Nullable KeyManagerFactory keyManagers() {
        return this.keyManagers;
    }

    @Nullable TrustManagerFactory trustManagers() {
        return this.trustManagers;
    }

    List<String> protocols() {
        return this.protocols;
    }

    @Nullable List<String> cipherSuites() {
        return this.cipherSuites;
    }

    boolean verifyHostname() {
        return this.verifyHostname;
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder {

        private @Nullable KeyManagerFactory keyManagers;

        private @Nullable TrustManagerFactory trustManagers;

        private List<String> protocols = DEFAULT_PROTOCOLS;

        private @Nullable List<String> cipherSuites;

        private boolean verifyHostname = true;

        private Builder() {
        }

        /**
         * Sets the certificate the client shows to servers that ask for one.
         * @param keyManagers initialized
         * @return this builder
         */
        public Builder keyManagers(KeyManagerFactory keyManagers) {
            this.keyManagers = Objects.requireNonNull(keyManagers, "keyManagers");
            return this;
        }

        /**
         * Sets whose certificates are trusted.
         * @param trustManagers initialized; by default those of the JDK
         * @return this builder
         */
        public Builder trustManagers(TrustManagerFactory trustManagers) {
            this.trustManagers = Objects.requireNonNull(trustManagers, "trustManagers");
            return this;
        }

        /**
         * Reads the certificate the client shows, and its key, from a key store.
         * @param file the key store
         * @param type its type, {@code PKCS12} or {@code JKS} for instance
         * @param password opens the store and its key
         * @return this builder
         * @throws IllegalArgumentException where the store cannot be read
         */
        public Builder keyStore(Path file, String type, String password) {
            try {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                factory.init(load(file, type, password), password.toCharArray());
                return keyManagers(factory);
            }
            catch (GeneralSecurityException | IOException ex) {
                throw unreadable("keyStore", file, type, ex);
            }
        }

        /**
         * Reads whose certificates are trusted from a key store.
         * @param file the key store
         * @param type its type, {@code PKCS12} or {@code JKS} for instance
         * @param password opens the store
         * @return this builder
         * @throws IllegalArgumentException where the store cannot be read
         */
        public Builder trustStore(Path file, String type, String password) {
            try {
                TrustManagerFactory factory = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
                factory.init(load(file, type, password));
                return trustManagers(factory);
            }
            catch (GeneralSecurityException | IOException ex) {
                throw unreadable("trustStore", file, type, ex);
            }
        }

        private static KeyStore load(Path file, String type, String password)
                throws GeneralSecurityException, IOException {
            KeyStore store = KeyStore.getInstance(type);
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password.toCharArray());
            }
            return store;
        }

        private static IllegalArgumentException unreadable(String name, Path file, String type, Exception cause) {
            return new IllegalArgumentException(name + ": " + file + " (expected: a readable key store of type " + type
                    + " and its password): " + cause.getMessage(), cause);
        }

        /**
         * Sets which versions of TLS may be used.
         * @param protocols for instance {@code TLSv1.3}; by default
         * {@link TlsOptions#DEFAULT_PROTOCOLS}
         * @return this builder
         */
        public Builder protocols(List<String> protocols) {
            this.protocols = List.copyOf(protocols);
            return this;
        }

        /**
         * Sets which ciphers may be used.
         * @param cipherSuites by default what the engine finds safe
         * @return this builder
         */
        public Builder cipherSuites(List<String> cipherSuites) {
            this.cipherSuites = List.copyOf(cipherSuites);
            return this;
        }

        /**
         * Sets whether the certificate of a server must name the host that was dialed.
         * @param verify true by default; without it anybody with any trusted certificate
         * can stand in for the server
         * @return this builder
         */
        public Builder verifyHostname(boolean verify) {
            this.verifyHostname = verify;
            return this;
        }

        /**
         * Builds the options.
         * @return the options
         */
        public TlsOptions build() {
            return new TlsOptions(this);
        }

    }

}
