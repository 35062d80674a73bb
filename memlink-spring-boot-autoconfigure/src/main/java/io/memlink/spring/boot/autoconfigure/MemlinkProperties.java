package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.StringUtils;

/**
 * Settings of Memlink.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("memlink")
public class MemlinkProperties {

    /**
     * Whether to enable Memlink.
     */
    private boolean enabled = true;

    /**
     * Comma-separated list of backends: host, host:port or [ipv6]:port, with id= before
     * it where a backend has an identity of its own, and *weight behind it where it has a
     * weight. By default the embedded server where it is on the class path, and
     * localhost:11211 otherwise.
     */
    private @Nullable List<String> backends;

    /**
     * Time after which an operation fails.
     */
    private Duration requestTimeout = Duration.ofMillis(500);

    /**
     * Time after which an attempt to connect fails.
     */
    private Duration connectTimeout = Duration.ofMillis(1500);

    /**
     * User name for servers that ask for a login.
     */
    private @Nullable String username;

    /**
     * Password for servers that ask for a login.
     */
    private @Nullable String password;

    private final Pool pool = new Pool();

    private final Routing routing = new Routing();

    private final Ssl ssl = new Ssl();

    private final Serialization serialization = new Serialization();

    public boolean isEnabled() {
        return this.enabled;
    }

    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    public @Nullable List<String> getBackends() {
        return this.backends;
    }

    public void setBackends(@Nullable List<String> backends) {
        this.backends = backends;
    }

    public Duration getRequestTimeout() {
        return this.requestTimeout;
    }

    public void setRequestTimeout(Duration requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    public Duration getConnectTimeout() {
        return this.connectTimeout;
    }

    public void setConnectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public @Nullable String getUsername() {
        return this.username;
    }

    public void setUsername(@Nullable String username) {
        this.username = username;
    }

    public @Nullable String getPassword() {
        return this.password;
    }

    public void setPassword(@Nullable String password) {
        this.password = password;
    }

    public Pool getPool() {
        return this.pool;
    }

    public Routing getRouting() {
        return this.routing;
    }

    public Ssl getSsl() {
        return this.ssl;
    }

    public Serialization getSerialization() {
        return this.serialization;
    }

    /** Connections of each backend. */
    public static class Pool {

        /**
         * Number of connections to each backend, 1 to 64.
         */
        private int size = 1;

        public int getSize() {
            return this.size;
        }

        public void setSize(int size) {
            this.size = size;
        }

    }

    /** Where keys live. */
    public static class Routing {

        /**
         * Name of the locator that decides which backend a key belongs to.
         */
        private String locator = "rendezvous";

        public String getLocator() {
            return this.locator;
        }

        public void setLocator(String locator) {
            this.locator = locator;
        }

    }

    /** Encryption. */
    public static class Ssl {

        /**
         * Whether to encrypt connections. Enabled automatically if "bundle" is set.
         */
        private @Nullable Boolean enabled;

        /**
         * Name of the SSL bundle with the certificates.
         */
        private @Nullable String bundle;

        /**
         * Whether the certificate of a server must name the host that was dialed.
         */
        private boolean verifyHostname = true;

        public boolean isEnabled() {
            return (this.enabled != null) ? this.enabled : StringUtils.hasText(this.bundle);
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

        public boolean isVerifyHostname() {
            return this.verifyHostname;
        }

        public void setVerifyHostname(boolean verifyHostname) {
            this.verifyHostname = verifyHostname;
        }

    }

    /** How objects become bytes. */
    public static class Serialization {

        /**
         * Comma-separated list of packages whose types may be read from the servers,
         * besides those of the application.
         */
        private List<String> trustedPackages = List.of();

        public List<String> getTrustedPackages() {
            return this.trustedPackages;
        }

        public void setTrustedPackages(List<String> trustedPackages) {
            this.trustedPackages = trustedPackages;
        }

    }

}
