package io.memlink.link.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

import io.memlink.check.Require;
import org.jspecify.annotations.Nullable;

/**
 * Options of encryption: its versions, and who is trusted. Immutable; files are read when
 * they are given to the builder, so that building options again reads what has changed.
 * <p>
 * Options are equal where their content is: what was read from files is compared by its
 * bytes, factories that were given are compared as they compare themselves.
 *
 * @since 0.1.0
 */
public final class TlsOptions {

    /** The protocol versions that are used unless told otherwise. */
    public static final List<String> DEFAULT_PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");

    private static final List<String> UNSAFE_PROTOCOLS = List.of("SSLv2Hello", "SSLv3", "TLSv1", "TLSv1.1");

    private final @Nullable KeyManagerFactory keyManagers;

    private final @Nullable TrustManagerFactory trustManagers;

    private final List<String> protocols;

    private final @Nullable List<String> cipherSuites;

    private final boolean verifyHostname;

    private final @Nullable Engine engine;

    /** Everything that two options are compared by. */
    private final List<@Nullable Object> content;

    private TlsOptions(Builder builder) {
        this.keyManagers = builder.keyManagers;
        this.trustManagers = builder.trustManagers;
        this.protocols = builder.protocols;
        this.cipherSuites = builder.cipherSuites;
        this.verifyHostname = builder.verifyHostname;
        this.engine = builder.engine;
        this.content = Arrays.asList(builder.keySource, builder.trustSource, this.protocols, this.cipherSuites,
                this.verifyHostname, this.engine);
    }

    /**
     * Starts with the defaults: the authorities the JDK trusts, no certificate of our
     * own, and the name of the host verified.
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns what shows the certificate of the client.
     * @return the factory; {@code null} for no certificate
     */
    public @Nullable KeyManagerFactory keyManagers() {
        return this.keyManagers;
    }

    /**
     * Returns what decides whose certificates are trusted.
     * @return the factory; {@code null} for the authorities the JDK trusts
     */
    public @Nullable TrustManagerFactory trustManagers() {
        return this.trustManagers;
    }

    /**
     * Returns which versions of TLS may be used.
     * @return the versions
     */
    public List<String> protocols() {
        return this.protocols;
    }

    /**
     * Returns which ciphers may be used.
     * @return the ciphers; {@code null} for those the engine finds safe
     */
    public @Nullable List<String> cipherSuites() {
        return this.cipherSuites;
    }

    /**
     * Returns whether the certificate of a server must name the host that was dialed.
     * @return whether it must
     */
    public boolean verifyHostname() {
        return this.verifyHostname;
    }

    /**
     * Returns which implementation of TLS to use.
     * @return the engine; {@code null} for OpenSSL where it is on the class path
     */
    public @Nullable Engine engine() {
        return this.engine;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TlsOptions options && this.content.equals(options.content);
    }

    @Override
    public int hashCode() {
        return this.content.hashCode();
    }

    @Override
    public String toString() {
        return "TlsOptions[" + this.protocols + (this.verifyHostname ? "" : ", any host") + "]";
    }

    /** Implementations of TLS. */
    public enum Engine {

        /** That of the JDK. */
        JDK,

        /** OpenSSL, which needs {@code netty-tcnative-boringssl-static}. */
        OPENSSL

    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder {

        private @Nullable KeyManagerFactory keyManagers;

        private @Nullable TrustManagerFactory trustManagers;

        /** Where the factories come from: themselves, or the digest of what was read. */
        private @Nullable Object keySource;

        private @Nullable Object trustSource;

        private List<String> protocols = DEFAULT_PROTOCOLS;

        private @Nullable List<String> cipherSuites;

        private boolean verifyHostname = true;

        private @Nullable Engine engine;

        private Builder() {
        }

        /**
         * Sets the certificate the client shows to servers that ask for one.
         * @param keyManagers initialized
         * @return this builder
         */
        public Builder keyManagers(KeyManagerFactory keyManagers) {
            this.keyManagers = Objects.requireNonNull(keyManagers, "keyManagers");
            this.keySource = keyManagers;
            return this;
        }

        /**
         * Sets whose certificates are trusted.
         * @param trustManagers initialized; by default those of the JDK
         * @return this builder
         */
        public Builder trustManagers(TrustManagerFactory trustManagers) {
            this.trustManagers = Objects.requireNonNull(trustManagers, "trustManagers");
            this.trustSource = trustManagers;
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
            requireStore(file, type, password);
            try {
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                StoreContent content = StoreContent.read(file);
                factory.init(content.keyStore(type, password), password.toCharArray());
                keyManagers(factory);
                this.keySource = content.digest("keyStore", type, password);
                return this;
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
            requireStore(file, type, password);
            try {
                TrustManagerFactory factory = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
                StoreContent content = StoreContent.read(file);
                factory.init(content.keyStore(type, password));
                trustManagers(factory);
                this.trustSource = content.digest("trustStore", type, password);
                return this;
            }
            catch (GeneralSecurityException | IOException ex) {
                throw unreadable("trustStore", file, type, ex);
            }
        }

        /**
         * Reads the certificate the client shows, and its key, from text files.
         * @param chain the certificate, and those of the authorities between it and the
         * one the servers trust
         * @param key the key, PKCS #8 without a password
         * @return this builder
         * @throws IllegalArgumentException where a file cannot be read
         */
        public Builder keyPem(Path chain, Path key) {
            Objects.requireNonNull(chain, "chain");
            Objects.requireNonNull(key, "key");
            try {
                char[] password = new char[0];
                KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                StoreContent content = StoreContent.read(chain, key);
                factory.init(content.pemKeyStore(password), password);
                keyManagers(factory);
                this.keySource = content.digest("keyPem");
                return this;
            }
            catch (GeneralSecurityException | IOException ex) {
                throw unreadable("keyPem", chain, ex);
            }
        }

        /**
         * Reads whose certificates are trusted from a text file.
         * @param certificates those of the authorities, one after the other
         * @return this builder
         * @throws IllegalArgumentException where the file cannot be read
         */
        public Builder trustPem(Path certificates) {
            Objects.requireNonNull(certificates, "certificates");
            try {
                TrustManagerFactory factory = TrustManagerFactory
                    .getInstance(TrustManagerFactory.getDefaultAlgorithm());
                StoreContent content = StoreContent.read(certificates);
                factory.init(content.pemTrustStore());
                trustManagers(factory);
                this.trustSource = content.digest("trustPem");
                return this;
            }
            catch (GeneralSecurityException | IOException ex) {
                throw unreadable("trustPem", certificates, ex);
            }
        }

        private static void requireStore(Path file, String type, String password) {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(password, "password");
        }

        private static IllegalArgumentException unreadable(String name, Path file, Exception cause) {
            return new IllegalArgumentException(name + ": " + file + " (expected: readable PEM): " + cause.getMessage(),
                    cause);
        }

        private static IllegalArgumentException unreadable(String name, Path file, String type, Exception cause) {
            return new IllegalArgumentException(name + ": " + file + " (expected: a readable key store of type " + type
                    + " and its password): " + cause.getMessage(), cause);
        }

        /**
         * Sets which versions of TLS may be used.
         * @param protocols {@code TLSv1.2} or newer; by default
         * {@link TlsOptions#DEFAULT_PROTOCOLS}
         * @return this builder
         */
        public Builder protocols(List<String> protocols) {
            List<String> present = Require.present("protocols", protocols);
            for (String protocol : present) {
                if (UNSAFE_PROTOCOLS.contains(protocol)) {
                    throw new IllegalArgumentException("protocols: " + protocol + " (expected: TLSv1.2 or newer)");
                }
            }
            this.protocols = present;
            return this;
        }

        /**
         * Sets which ciphers may be used.
         * @param cipherSuites by default what the engine finds safe
         * @return this builder
         */
        public Builder cipherSuites(List<String> cipherSuites) {
            this.cipherSuites = Require.present("cipherSuites", cipherSuites);
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
         * Sets which implementation of TLS is used.
         * @param engine by default OpenSSL where {@code netty-tcnative-boringssl-static}
         * is on the class path, and otherwise that of the JDK
         * @return this builder
         */
        public Builder engine(Engine engine) {
            this.engine = Objects.requireNonNull(engine, "engine");
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
