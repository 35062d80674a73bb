package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.memlink.cluster.JournalOverflow;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * Settings of one client. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public class MemlinkClientProperties {

    /**
     * Comma-separated list of backends: host, host:port, [ipv6]:port or unix:/path, with
     * an optional identity before it (id=) and an optional weight behind it (*weight).
     * Defaults to the embedded server if it is on the class path, and to localhost:11211
     * otherwise.
     */
    private @Nullable List<String> backends;

    /**
     * User name to authenticate with.
     */
    private @Nullable String username;

    /**
     * Password to authenticate with.
     */
    private @Nullable String password;

    /**
     * Whether the application fails to start if a backend is not usable.
     */
    private boolean failFast;

    /**
     * Time after which an operation fails.
     */
    private Duration requestTimeout = Duration.ofMillis(500);

    /**
     * Time after which an attempt to connect fails.
     */
    private Duration connectTimeout = Duration.ofMillis(1500);

    /**
     * Time after which a TLS handshake fails.
     */
    private Duration handshakeTimeout = Duration.ofSeconds(2);

    /**
     * Time that pending operations are given to finish when the application stops.
     */
    private Duration closeTimeout = Duration.ofSeconds(2);

    /**
     * Maximum size of a value that is read. Raise it if the servers allow items of more
     * than 1 MB.
     */
    private DataSize maxValueBytes = DataSize.ofKilobytes(1025);

    /**
     * Maximum size of an item that is sent, including its key and the overhead of the
     * server. Set it to the item size limit of the servers (-I).
     */
    private DataSize maxItemBytes = DataSize.ofMegabytes(1);

    /**
     * Maximum number of pending operations on one connection, 1 to 65536. Further
     * operations fail immediately.
     */
    private int maxInFlight = 2048;

    /**
     * Maximum size of the pending requests on one connection. Further operations fail
     * immediately. By default 8 MB, or as much as one of the largest items takes.
     */
    private @Nullable DataSize maxInFlightBytes;

    /**
     * Maximum number of pending operations on all connections together, 1 to 8388608.
     * Further operations fail immediately.
     */
    private int maxPendingRequests = 65_536;

    /**
     * Maximum size of all pending requests together. Further operations fail immediately.
     * By default a tenth of the heap, but no more than 64 MB, or as much as one of the
     * largest items takes.
     */
    private @Nullable DataSize maxPendingBytes;

    /**
     * Maximum size of the pending requests to one backend. Further operations fail
     * immediately. By default 64 MB, or as much as one of the largest items takes.
     */
    private @Nullable DataSize maxPendingBytesPerBackend;

    /**
     * Time from which a request counts as slow and is logged, at most once in five
     * seconds per backend, 1 millisecond to 1 hour. By default no request counts as slow.
     */
    private @Nullable Duration slowRequestThreshold;

    /**
     * Whether reading a value that cannot be decoded fails. By default it is a miss,
     * which is counted.
     */
    private boolean throwOnUndecodable;

    /**
     * Number of threads that serve all connections. By default half the number of
     * processors, but at least four and at most eight.
     */
    private @Nullable Integer ioThreads;

    private final Pool pool = new Pool();

    private final BackgroundLoads backgroundLoads = new BackgroundLoads();

    private final Routing routing = new Routing();

    private final Discovery discovery = new Discovery();

    private final Failover failover = new Failover();

    private final Ssl ssl = new Ssl();

    public @Nullable List<String> getBackends() {
        return this.backends;
    }

    public void setBackends(@Nullable List<String> backends) {
        this.backends = backends;
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

    public boolean isFailFast() {
        return this.failFast;
    }

    public void setFailFast(boolean failFast) {
        this.failFast = failFast;
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

    public Duration getHandshakeTimeout() {
        return this.handshakeTimeout;
    }

    public void setHandshakeTimeout(Duration handshakeTimeout) {
        this.handshakeTimeout = handshakeTimeout;
    }

    public Duration getCloseTimeout() {
        return this.closeTimeout;
    }

    public void setCloseTimeout(Duration closeTimeout) {
        this.closeTimeout = closeTimeout;
    }

    public DataSize getMaxValueBytes() {
        return this.maxValueBytes;
    }

    public void setMaxValueBytes(DataSize maxValueBytes) {
        this.maxValueBytes = maxValueBytes;
    }

    public int getMaxInFlight() {
        return this.maxInFlight;
    }

    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public @Nullable DataSize getMaxInFlightBytes() {
        return this.maxInFlightBytes;
    }

    public void setMaxInFlightBytes(@Nullable DataSize maxInFlightBytes) {
        this.maxInFlightBytes = maxInFlightBytes;
    }

    public DataSize getMaxItemBytes() {
        return this.maxItemBytes;
    }

    public void setMaxItemBytes(DataSize maxItemBytes) {
        this.maxItemBytes = maxItemBytes;
    }

    public @Nullable DataSize getMaxPendingBytes() {
        return this.maxPendingBytes;
    }

    public void setMaxPendingBytes(@Nullable DataSize maxPendingBytes) {
        this.maxPendingBytes = maxPendingBytes;
    }

    public int getMaxPendingRequests() {
        return this.maxPendingRequests;
    }

    public void setMaxPendingRequests(int maxPendingRequests) {
        this.maxPendingRequests = maxPendingRequests;
    }

    public @Nullable DataSize getMaxPendingBytesPerBackend() {
        return this.maxPendingBytesPerBackend;
    }

    public void setMaxPendingBytesPerBackend(@Nullable DataSize maxPendingBytesPerBackend) {
        this.maxPendingBytesPerBackend = maxPendingBytesPerBackend;
    }

    public @Nullable Duration getSlowRequestThreshold() {
        return this.slowRequestThreshold;
    }

    public void setSlowRequestThreshold(@Nullable Duration slowRequestThreshold) {
        this.slowRequestThreshold = slowRequestThreshold;
    }

    public boolean isThrowOnUndecodable() {
        return this.throwOnUndecodable;
    }

    public void setThrowOnUndecodable(boolean throwOnUndecodable) {
        this.throwOnUndecodable = throwOnUndecodable;
    }

    public @Nullable Integer getIoThreads() {
        return this.ioThreads;
    }

    public void setIoThreads(@Nullable Integer ioThreads) {
        this.ioThreads = ioThreads;
    }

    public Pool getPool() {
        return this.pool;
    }

    public BackgroundLoads getBackgroundLoads() {
        return this.backgroundLoads;
    }

    public Routing getRouting() {
        return this.routing;
    }

    public Discovery getDiscovery() {
        return this.discovery;
    }

    public Failover getFailover() {
        return this.failover;
    }

    public Ssl getSsl() {
        return this.ssl;
    }

    /**
     * Settings of the loads of old values, for which nobody waits.
     */
    public static class BackgroundLoads {

        /**
         * Maximum number of values that are loaded at the same time, 1 to 1024.
         */
        private int maxConcurrent = 4;

        /**
         * Maximum number of values that wait to be loaded. Further ones stay old until
         * they are read again.
         */
        private int maxQueued = 1024;

        public int getMaxConcurrent() {
            return this.maxConcurrent;
        }

        public void setMaxConcurrent(int maxConcurrent) {
            this.maxConcurrent = maxConcurrent;
        }

        public int getMaxQueued() {
            return this.maxQueued;
        }

        public void setMaxQueued(int maxQueued) {
            this.maxQueued = maxQueued;
        }

    }

    /**
     * Settings of the connections to each backend.
     */
    public static class Pool {

        /**
         * Number of connections to each backend, 1 to 64. Callers that wait for their
         * reply may use any, other calls the first quarter of them, at least one.
         */
        private int size = 4;

        /**
         * Age at which a connection is replaced, give or take a tenth. Zero means never.
         */
        private Duration maxAge = Duration.ZERO;

        /**
         * Time without traffic after which a connection is checked with a ping.
         */
        private Duration idlePing = Duration.ofSeconds(10);

        public int getSize() {
            return this.size;
        }

        public void setSize(int size) {
            this.size = size;
        }

        public Duration getMaxAge() {
            return this.maxAge;
        }

        public void setMaxAge(Duration maxAge) {
            this.maxAge = maxAge;
        }

        public Duration getIdlePing() {
            return this.idlePing;
        }

        public void setIdlePing(Duration idlePing) {
            this.idlePing = idlePing;
        }

    }

    /**
     * Settings of the placement of keys.
     */
    public static class Routing {

        /**
         * Name of the locator that maps keys to backends.
         */
        private String locator = "rendezvous";

        /**
         * Whether keys with the same text in their first pair of braces are placed on the
         * same backend.
         */
        private boolean hashTag;

        public String getLocator() {
            return this.locator;
        }

        public void setLocator(String locator) {
            this.locator = locator;
        }

        public boolean isHashTag() {
            return this.hashTag;
        }

        public void setHashTag(boolean hashTag) {
            this.hashTag = hashTag;
        }

    }

    /**
     * Settings of the discovery of backends.
     */
    public static class Discovery {

        /**
         * Way in which backends are discovered.
         */
        private Type type = Type.STATIC;

        /**
         * Comma-separated list of names to look up: host names for dns, full names of
         * records for srv, configuration endpoints for elasticache.
         */
        private List<String> names = List.of();

        /**
         * Time between two lookups, 1 second to 1 hour.
         */
        private Duration interval = Duration.ofSeconds(60);

        public Type getType() {
            return this.type;
        }

        public void setType(Type type) {
            this.type = type;
        }

        public List<String> getNames() {
            return this.names;
        }

        public void setNames(List<String> names) {
            this.names = names;
        }

        public Duration getInterval() {
            return this.interval;
        }

        public void setInterval(Duration interval) {
            this.interval = interval;
        }

        /**
         * Ways to discover backends.
         */
        public enum Type {

            /**
             * The backends are those of memlink.backends.
             */
            STATIC,

            /**
             * Each address of a host name is a backend.
             */
            DNS,

            /**
             * Each target of an SRV record is a backend.
             */
            SRV,

            /**
             * A configuration endpoint of ElastiCache or Memorystore lists the backends.
             */
            ELASTICACHE

        }

    }

    /**
     * Settings of the treatment of keys whose backend is not usable.
     */
    public static class Failover {

        /**
         * Treatment of keys whose backend is not usable.
         */
        private Mode mode = Mode.NONE;

        /**
         * Comma-separated list of backends that take the place of those that are not
         * usable and hold nothing otherwise. For the mode gutter.
         */
        private List<String> gutter = List.of();

        /**
         * Maximum time to live of entries in the gutter, 1 second to 1 hour.
         */
        private Duration maxTimeToLive = Duration.ofSeconds(10);

        /**
         * Treatment of a backend that returns after having missed more deletes than its
         * journal holds.
         */
        private JournalOverflow onJournalOverflow = JournalOverflow.SERVE;

        public Mode getMode() {
            return this.mode;
        }

        public void setMode(Mode mode) {
            this.mode = mode;
        }

        public List<String> getGutter() {
            return this.gutter;
        }

        public void setGutter(List<String> gutter) {
            this.gutter = gutter;
        }

        public Duration getMaxTimeToLive() {
            return this.maxTimeToLive;
        }

        public void setMaxTimeToLive(Duration maxTimeToLive) {
            this.maxTimeToLive = maxTimeToLive;
        }

        public JournalOverflow getOnJournalOverflow() {
            return this.onJournalOverflow;
        }

        public void setOnJournalOverflow(JournalOverflow onJournalOverflow) {
            this.onJournalOverflow = onJournalOverflow;
        }

        /**
         * Treatments of keys whose backend is not usable.
         */
        public enum Mode {

            /**
             * Operations on them fail immediately.
             */
            NONE,

            /**
             * They are kept in the gutter for a short time.
             */
            GUTTER

        }

    }

    /**
     * Settings of the encryption of connections.
     */
    public static class Ssl {

        /**
         * Whether to encrypt connections. Enabled automatically if a bundle, a key store
         * or a trust store is set.
         */
        private @Nullable Boolean enabled;

        /**
         * Name of the SSL bundle that holds the certificates.
         */
        private @Nullable String bundle;

        /**
         * Location of the key store that holds the client certificate. Cannot be combined
         * with a bundle. Read once, whereas a bundle can be reloaded.
         */
        private @Nullable String keyStore;

        /**
         * Password of the key store and of the key in it.
         */
        private @Nullable String keyStorePassword;

        /**
         * Type of the key store.
         */
        private @Nullable String keyStoreType;

        /**
         * Location of the trust store that holds the certificates of the servers or of
         * their issuers. Cannot be combined with a bundle. Read once, whereas a bundle
         * can be reloaded.
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
         * Whether the certificate of a server must match the host name that was connected
         * to.
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

}
