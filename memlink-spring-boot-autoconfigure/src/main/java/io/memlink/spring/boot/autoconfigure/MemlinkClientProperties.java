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
     * id= before it where a backend has an identity of its own, and *weight behind it
     * where it has a weight. By default the embedded server where it is on the class
     * path, and localhost:11211 otherwise.
     */
    private @Nullable List<String> backends;

    /**
     * User name for servers that ask for a login.
     */
    private @Nullable String username;

    /**
     * Password for servers that ask for a login.
     */
    private @Nullable String password;

    /**
     * Whether the application fails to start while a backend cannot be used.
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
     * Time that operations under way are given when the application stops.
     */
    private Duration closeTimeout = Duration.ofSeconds(2);

    /**
     * Size of the largest value that is read. Set it where the servers run with a larger
     * item size than 1 MB.
     */
    private DataSize maxValueBytes = DataSize.ofKilobytes(1025);

    /**
     * Size of the largest item that is sent, with its key and what the server adds. Set
     * it to the item size of the servers (-I).
     */
    private DataSize maxItemBytes = DataSize.ofMegabytes(1);

    /**
     * Number of operations that may be under way on one connection, 1 to 65536. More fail
     * at once.
     */
    private int maxInFlight = 2048;

    /**
     * Number of operations that may be under way on all connections together, 1 or more.
     * More fail at once.
     */
    private int maxPendingRequests = 65_536;

    /**
     * Size of all requests together that may be under way. More fail at once. By default
     * a tenth of the heap, and 64 MB at most.
     */
    private @Nullable DataSize maxPendingBytes;

    /**
     * Size of the requests to one backend that may be under way. More fail at once.
     */
    private DataSize maxPendingBytesPerBackend = DataSize.ofMegabytes(32);

    /**
     * Time from which on a request is slow, and told of in the log, at most once in five
     * seconds for each backend. By default none is.
     */
    private @Nullable Duration slowRequestThreshold;

    /**
     * Whether reading a value that cannot be decoded fails. By default it is a miss, and
     * counted.
     */
    private boolean throwOnUndecodable;

    /**
     * Number of threads that serve all connections. By default half of the processors, at
     * least one and at most eight.
     */
    private @Nullable Integer ioThreads;

    private final Pool pool = new Pool();

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

    public DataSize getMaxPendingBytesPerBackend() {
        return this.maxPendingBytesPerBackend;
    }

    public void setMaxPendingBytesPerBackend(DataSize maxPendingBytesPerBackend) {
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

    /** Connections of each backend. */
    public static class Pool {

        /**
         * Number of connections to each backend, 1 to 64.
         */
        private int size = 1;

        /**
         * Age at which a connection is replaced, give or take a tenth; zero for never.
         */
        private Duration maxAge = Duration.ZERO;

        /**
         * Time without traffic after which a connection is tried with a ping.
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

    /** Where keys live. */
    public static class Routing {

        /**
         * Name of the locator that decides which backend a key belongs to.
         */
        private String locator = "rendezvous";

        /**
         * Whether keys with the same text in their first braces live on one backend.
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
     * Settings of how backends are found. Not safe for use by many threads.
     */
    public static class Discovery {

        /**
         * How backends are found.
         */
        private Type type = Type.STATIC;

        /**
         * Comma-separated list of what is asked, or asked for: names for dns, full names
         * of records for srv, configuration endpoints for elasticache.
         */
        private List<String> names = List.of();

        /**
         * Time between two questions, 1 second to 1 hour.
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

        /** How backends are found. */
        public enum Type {

            /**
             * They are those of memlink.backends.
             */
            STATIC,

            /**
             * Each address of a name is one.
             */
            DNS,

            /**
             * Each target of an SRV record is one.
             */
            SRV,

            /**
             * A configuration endpoint of ElastiCache or Memorystore tells them.
             */
            ELASTICACHE

        }

    }

    /**
     * Settings of what is done with keys whose backend cannot be used. Not safe for use
     * by many threads.
     */
    public static class Failover {

        /**
         * What is done with keys whose backend cannot be used.
         */
        private Mode mode = Mode.NONE;

        /**
         * Comma-separated list of backends that stand in for those that cannot be used,
         * and hold nothing otherwise. For the mode gutter.
         */
        private List<String> gutter = List.of();

        /**
         * Longest time that entries live in the gutter, 1 second to 1 hour.
         */
        private Duration maxTimeToLive = Duration.ofSeconds(10);

        /**
         * What is done with a backend that returns after more deletes were missed than
         * are journalled for it.
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

        /** What is done with keys whose backend cannot be used. */
        public enum Mode {

            /**
             * Operations on them fail at once.
             */
            NONE,

            /**
             * They live in the gutter for a short while.
             */
            GUTTER

        }

    }

    /**
     * Settings of the encryption of connections. Not safe for use by many threads.
     */
    public static class Ssl {

        /**
         * Whether to encrypt connections. Enabled automatically if a bundle, a key store
         * or a trust store is set.
         */
        private @Nullable Boolean enabled;

        /**
         * Name of the SSL bundle with the certificates.
         */
        private @Nullable String bundle;

        /**
         * Location of the key store with the certificate that is shown to the servers.
         * Not together with a bundle. Read once; a bundle can be reloaded.
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
         * Location of the trust store with the certificates of the servers, or of who
         * signed them. Not together with a bundle. Read once; a bundle can be reloaded.
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

}
