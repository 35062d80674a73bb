package io.memlink.spring.boot.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
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

    @NestedConfigurationProperty
    private final Pool pool = new Pool();

    @NestedConfigurationProperty
    private final Routing routing = new Routing();

    @NestedConfigurationProperty
    private final MemlinkDiscoveryProperties discovery = new MemlinkDiscoveryProperties();

    @NestedConfigurationProperty
    private final MemlinkFailoverProperties failover = new MemlinkFailoverProperties();

    @NestedConfigurationProperty
    private final MemlinkSslProperties ssl = new MemlinkSslProperties();

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

    public MemlinkDiscoveryProperties getDiscovery() {
        return this.discovery;
    }

    public MemlinkFailoverProperties getFailover() {
        return this.failover;
    }

    public MemlinkSslProperties getSsl() {
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

}
