package io.memlink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.memlink.check.Require;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Failover;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.RequestObserver;
import io.memlink.cluster.routing.ClusterOptions;
import io.memlink.discovery.Discovery;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.tls.TlsOptions;
import io.memlink.meta.classic.Credentials;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link MemlinkClient}. Not safe for use by many threads. Each setting is
 * checked when it is set, and refused with an {@link IllegalArgumentException} that names
 * it. <pre>{@code
 * MemlinkClient client = MemlinkClient.builder()
 *     .backends(address)
 *     .requestTimeout(Duration.ofMillis(200))
 *     .closeTimeout(Duration.ofSeconds(5))
 *     .build();
 * }</pre>
 *
 * @since 0.1.0
 */
public final class MemlinkClientBuilder {

    /** How long closing waits for pending requests unless told otherwise. */
    public static final Duration DEFAULT_CLOSE_TIMEOUT = Duration.ofSeconds(2);

    /** How large an item may be unless told otherwise: what servers take by default. */
    public static final int DEFAULT_MAX_ITEM_BYTES = 1024 * 1024;

    /** How often backends are discovered anew where nothing speaks for another time. */
    public static final Duration DEFAULT_DISCOVERY_INTERVAL = Duration.ofSeconds(60);

    /** How many loads that nobody waits for may wait for others unless told otherwise. */
    public static final int DEFAULT_MAX_QUEUED_LOADS = 1024;

    private static final int MAX_QUEUED_LOADS = 1_000_000;

    private static final Duration MAX_TIME = Duration.ofHours(1);

    private static final int MAX_ITEM_BYTES = 1 << 30;

    /** What a request takes beside its item. */
    private static final int REQUEST_BYTES = 1024;

    private final LinkOptions.Builder options = LinkOptions.builder();

    private List<Backend> backends = List.of();

    private NodeLocator.Factory locator = NodeLocator.rendezvous();

    private String locatorName = "rendezvous";

    private boolean hashTag;

    private Failover failover = Failover.none();

    private JournalOverflow onJournalOverflow = JournalOverflow.SERVE;

    private final List<ClusterListener> listeners = new ArrayList<>();

    private int maxValueBytes = LinkOptions.DEFAULT_MAX_VALUE_BYTES;

    private int maxItemBytes = DEFAULT_MAX_ITEM_BYTES;

    private boolean throwOnUndecodable;

    private @Nullable RequestObserver requestObserver;

    private @Nullable Duration slowRequestThreshold;

    private Duration closeTimeout = DEFAULT_CLOSE_TIMEOUT;

    private int ioThreads = LinkResources.defaultThreads();

    private int maxInFlightBytes;

    private long maxPendingBytesPerBackend;

    private int maxPendingRequests = LinkResources.DEFAULT_MAX_REQUESTS;

    private long maxPendingBytes;

    private int maxBackgroundLoads = LinkResources.DEFAULT_BACKGROUND_THREADS;

    private int maxQueuedLoads = DEFAULT_MAX_QUEUED_LOADS;

    private @Nullable Credentials credentials;

    private Discovery.@Nullable Factory discovery;

    private Duration discoveryInterval = DEFAULT_DISCOVERY_INTERVAL;

    MemlinkClientBuilder() {
    }

    /**
     * Adds backends.
     * @param backends each {@code host}, {@code host:port}, {@code [ipv6]:port} or
     * {@code unix:/path}, with {@code id=} before it where the backend has an identity of
     * its own, and {@code *weight} behind it where it has a weight; by default the port
     * is 11211, and the weight 1
     * @return this builder
     */
    public MemlinkClientBuilder backends(String... backends) {
        return backends(Arrays.asList(Objects.requireNonNull(backends, "backends")));
    }

    /**
     * Adds backends.
     * @param backends as in {@link #backends(String...)}
     * @return this builder
     */
    public MemlinkClientBuilder backends(Collection<String> backends) {
        return add(Require.present("backends", backends).stream().map(Backend::parse).toList());
    }

    /**
     * Adds backends.
     * @param backends the backends
     * @return this builder
     */
    public MemlinkClientBuilder backends(Backend... backends) {
        return add(Require.present("backends", Arrays.asList(Objects.requireNonNull(backends, "backends"))));
    }

    private MemlinkClientBuilder add(List<Backend> backends) {
        List<Backend> all = new ArrayList<>(this.backends);
        all.addAll(backends);
        Require.distinct("backends", all, Backend::id);
        Require.distinct("backends", all, Backend::hostAndPort);
        this.backends = all;
        return this;
    }

    /**
     * Lets the client find its backends by itself, again and again. Building it waits up
     * to a second for the first answer; where there is none, those given with
     * {@link #backends(String...)} are used until there is, and where none were given,
     * operations fail at once until then, with what has failed or has not answered.
     * @param discovery makes what finds them, for example {@link Discovery#dns}
     * @param interval between two questions, give or take a fifth; 1 second to 1 hour,
     * such as {@link #DEFAULT_DISCOVERY_INTERVAL}
     * @return this builder
     */
    public MemlinkClientBuilder discovery(Discovery.Factory discovery, Duration interval) {
        this.discovery = Objects.requireNonNull(discovery, "discovery");
        this.discoveryInterval = Require.within("discoveryInterval", interval, Duration.ofSeconds(1), MAX_TIME);
        return this;
    }

    /**
     * Sets how many connections each backend gets. Asynchronous calls use the first
     * quarter of them; a caller that waits may use any, and has one for itself where no
     * more wait at a time than there are. More help where values are large or cores are
     * many.
     * @param connections 1 to 64; by default {@link LinkOptions#DEFAULT_POOL_SIZE}
     * @return this builder
     */
    public MemlinkClientBuilder poolSize(int connections) {
        this.options.poolSize(connections);
        return this;
    }

    /**
     * Sets how long an operation may take.
     * @param timeout 1 ms to 1 hour; by default
     * {@link LinkOptions#DEFAULT_REQUEST_TIMEOUT}
     * @return this builder
     */
    public MemlinkClientBuilder requestTimeout(Duration timeout) {
        this.options.requestTimeout(timeout);
        return this;
    }

    /**
     * Sets how long connecting to a backend may take.
     * @param timeout 1 ms to 1 hour; by default
     * {@link LinkOptions#DEFAULT_CONNECT_TIMEOUT}
     * @return this builder
     */
    public MemlinkClientBuilder connectTimeout(Duration timeout) {
        this.options.connectTimeout(timeout);
        return this;
    }

    /**
     * Sets how long a TLS handshake with a backend may take, once connected.
     * @param timeout 1 ms to 1 hour; by default
     * {@link LinkOptions#DEFAULT_HANDSHAKE_TIMEOUT}
     * @return this builder
     */
    public MemlinkClientBuilder handshakeTimeout(Duration timeout) {
        this.options.handshakeTimeout(timeout);
        return this;
    }

    /**
     * Sets how long {@link MemlinkClient#close()} delivers deletes that are owed, and
     * lets operations in progress go on.
     * @param timeout zero to 1 hour; by default {@link #DEFAULT_CLOSE_TIMEOUT}
     * @return this builder
     */
    public MemlinkClientBuilder closeTimeout(Duration timeout) {
        this.closeTimeout = Require.within("closeTimeout", timeout, Duration.ZERO, MAX_TIME);
        return this;
    }

    /**
     * Sets how large a value may be that is read. What may be stored because
     * {@link #maxItemBytes} was raised can be read in any case.
     * @param bytes 1 KiB or more; by default {@link LinkOptions#DEFAULT_MAX_VALUE_BYTES}
     * @return this builder
     */
    public MemlinkClientBuilder maxValueBytes(int bytes) {
        this.options.maxValueBytes(bytes);
        this.maxValueBytes = bytes;
        return this;
    }

    /**
     * Sets how large an item may be with its key and what the server adds; values that
     * make larger ones are refused and not sent. Set it to what the servers run with as
     * {@code -I}. The bound on values that are read is raised with it, and so are the
     * bounds on pending bytes as far as they were not set: one such item can be sent and
     * read.
     * @param bytes 1 KiB to 1 GiB; by default {@link #DEFAULT_MAX_ITEM_BYTES}
     * @return this builder
     */
    public MemlinkClientBuilder maxItemBytes(int bytes) {
        this.maxItemBytes = Require.within("maxItemBytes", bytes, 1024, MAX_ITEM_BYTES);
        return this;
    }

    /**
     * Sets whether reading a value that cannot be decoded fails with a
     * {@link io.memlink.error.MemlinkDecodingException}.
     * @param thrown by default not: it is a miss, and is counted
     * @return this builder
     */
    public MemlinkClientBuilder throwOnUndecodable(boolean thrown) {
        this.throwOnUndecodable = thrown;
        return this;
    }

    /**
     * Sets how many operations may be in progress on one connection; more fail at once
     * with {@link io.memlink.error.MemlinkOverloadedException}.
     * @param operations 1 to 65536; by default {@link LinkOptions#DEFAULT_MAX_IN_FLIGHT}
     * @return this builder
     */
    public MemlinkClientBuilder maxInFlight(int operations) {
        this.options.maxInFlight(operations);
        return this;
    }

    /**
     * Sets how many bytes of requests may be pending on one connection; more fail at once
     * with {@link io.memlink.error.MemlinkOverloadedException}.
     * @param bytes 1 KiB or more; by default
     * {@link LinkOptions#DEFAULT_MAX_IN_FLIGHT_BYTES}, or as much as one of the
     * {@linkplain #maxItemBytes largest items} takes
     * @return this builder
     */
    public MemlinkClientBuilder maxInFlightBytes(int bytes) {
        this.options.maxInFlightBytes(bytes);
        this.maxInFlightBytes = bytes;
        return this;
    }

    /**
     * Sets how many operations may be in progress on all connections together; more fail
     * at once with {@link io.memlink.error.MemlinkOverloadedException}.
     * @param operations 1 to {@link LinkResources#MAX_REQUESTS}; by default
     * {@link LinkResources#DEFAULT_MAX_REQUESTS}
     * @return this builder
     */
    public MemlinkClientBuilder maxPendingRequests(int operations) {
        this.maxPendingRequests = Require.within("maxPendingRequests", operations, 1, LinkResources.MAX_REQUESTS);
        return this;
    }

    /**
     * Sets how many bytes of requests all connections together may hold; more fail at
     * once with {@link io.memlink.error.MemlinkOverloadedException}.
     * @param bytes 1 KiB to 512 GiB; by default {@link LinkResources#defaultMaxBytes()},
     * or as much as one of the {@linkplain #maxItemBytes largest items} takes
     * @return this builder
     */
    public MemlinkClientBuilder maxPendingBytes(long bytes) {
        this.maxPendingBytes = Require.within("maxPendingBytes", bytes, 1024, LinkResources.MAX_BYTES);
        return this;
    }

    /**
     * Sets how many bytes of requests the connections of one backend may hold together;
     * more fail at once with {@link io.memlink.error.MemlinkOverloadedException}.
     * @param bytes 1 KiB or more; by default
     * {@link LinkOptions#DEFAULT_MAX_PENDING_BYTES_PER_BACKEND}, or as much as one of the
     * {@linkplain #maxItemBytes largest items} takes
     * @return this builder
     */
    public MemlinkClientBuilder maxPendingBytesPerBackend(long bytes) {
        this.options.maxPendingBytesPerBackend(bytes);
        this.maxPendingBytesPerBackend = bytes;
        return this;
    }

    /**
     * Sets how old connections may become, give or take a tenth. An older one is replaced
     * without any operation being lost; useful where a load balancer stands before the
     * servers.
     * @param age 1 ms to 365 days, or zero for no limit, which is the default
     * @return this builder
     */
    public MemlinkClientBuilder maxAge(Duration age) {
        this.options.maxAge(age);
        return this;
    }

    /**
     * Sets after how long without traffic a connection is tried with a ping.
     * @param silence 1 ms to 1 hour; by default {@link LinkOptions#DEFAULT_IDLE_PING}
     * @return this builder
     */
    public MemlinkClientBuilder idlePing(Duration silence) {
        this.options.idlePing(silence);
        return this;
    }

    /**
     * Sets how many threads serve all connections.
     * @param threads 1 to {@link LinkResources#MAX_THREADS}; by default
     * {@link LinkResources#defaultThreads()}
     * @return this builder
     */
    public MemlinkClientBuilder ioThreads(int threads) {
        this.ioThreads = Require.within("ioThreads", threads, 1, LinkResources.MAX_THREADS);
        return this;
    }

    /**
     * Sets who the client is, for servers that run with {@code -Y}.
     * @param username the name
     * @param password the password
     * @return this builder
     */
    public MemlinkClientBuilder credentials(String username, String password) {
        this.credentials = new Credentials(username, password);
        return this;
    }

    /**
     * Encrypts connections, verifying the names of the servers.
     * @param tls asked for each new connection, so that certificates can be exchanged
     * @return this builder
     */
    public MemlinkClientBuilder tls(Supplier<TlsOptions> tls) {
        this.options.tls(tls);
        return this;
    }

    /**
     * Sets what decides which backend a key belongs to.
     * @param locator makes the locator; by default {@link NodeLocator#rendezvous()}
     * @return this builder
     */
    public MemlinkClientBuilder locator(NodeLocator.Factory locator) {
        this.locator = Objects.requireNonNull(locator, "locator");
        this.locatorName = locator.getClass().getSimpleName();
        return this;
    }

    /**
     * Sets by name what decides which backend a key belongs to.
     * @param name {@code rendezvous}, which is the default, or another that
     * {@link NodeLocator#named} knows
     * @return this builder
     */
    public MemlinkClientBuilder locator(String name) {
        locator(NodeLocator.named(name));
        this.locatorName = name;
        return this;
    }

    /**
     * Sets whether a backend is chosen by the hash tag of a key, which is the part in its
     * first braces: <code>user:&#123;42&#125;:name</code> and
     * <code>user:&#123;42&#125;:orders</code> then live together.
     * @param hashTag whether it is; by default not
     * @return this builder
     */
    public MemlinkClientBuilder hashTag(boolean hashTag) {
        this.hashTag = hashTag;
        return this;
    }

    /**
     * Sets what is done with keys whose backend cannot be used.
     * @param failover by default {@link Failover#none()}: operations on them fail at once
     * @return this builder
     */
    public MemlinkClientBuilder failover(Failover failover) {
        this.failover = Objects.requireNonNull(failover, "failover");
        return this;
    }

    /**
     * Sets what is done with a backend that returns after more deletes were missed than
     * are journalled for it: 100,000 keys, 16 MiB.
     * @param overflow by default {@link JournalOverflow#SERVE}
     * @return this builder
     */
    public MemlinkClientBuilder onJournalOverflow(JournalOverflow overflow) {
        this.onJournalOverflow = Objects.requireNonNull(overflow, "onJournalOverflow");
        return this;
    }

    /**
     * Surrounds each request, so that it can be traced.
     * @param observer called in the threads of callers; by default there is none
     * @return this builder
     */
    public MemlinkClientBuilder requestObserver(RequestObserver observer) {
        this.requestObserver = Objects.requireNonNull(observer, "requestObserver");
        return this;
    }

    /**
     * Adds a listener, who is told what happens to the backends.
     * @param listener told on event loops; must not block
     * @return this builder
     */
    public MemlinkClientBuilder clusterListener(ClusterListener listener) {
        this.listeners.add(Objects.requireNonNull(listener, "clusterListener"));
        return this;
    }

    /**
     * Sets how many values that are out of date may be loaded anew at the same time, each
     * by a loader for which nobody waits. The rest wait for those to end; beyond that,
     * they stay out of date until the next reader.
     * @param maxConcurrent 1 to 1024; by default
     * {@link LinkResources#DEFAULT_BACKGROUND_THREADS}
     * @param maxQueued zero to 1000000; by default {@link #DEFAULT_MAX_QUEUED_LOADS}
     * @return this builder
     * @see MemlinkClient#backgroundLoads
     */
    public MemlinkClientBuilder backgroundLoads(int maxConcurrent, int maxQueued) {
        this.maxBackgroundLoads = Require.within("maxConcurrent", maxConcurrent, 1,
                LinkResources.MAX_BACKGROUND_THREADS);
        this.maxQueuedLoads = Require.within("maxQueued", maxQueued, 0, MAX_QUEUED_LOADS);
        return this;
    }

    /**
     * Sets the duration from which a request is logged as slow, at most once in five
     * seconds per backend. Requests that fail are logged in any case.
     * @param threshold 1 ms to 1 hour, counted from the call; by default none is slow
     * @return this builder
     */
    public MemlinkClientBuilder slowRequestThreshold(Duration threshold) {
        this.slowRequestThreshold = Require.within("slowRequestThreshold", threshold, Duration.ofMillis(1), MAX_TIME);
        return this;
    }

    /**
     * Sets where futures are completed, instead of on the event loops.
     * @param executor belongs to the caller, and should not be one that starts a thread
     * for each task
     * @return this builder
     */
    public MemlinkClientBuilder callbackExecutor(Executor executor) {
        this.options.callbackExecutor(executor);
        return this;
    }

    /**
     * Builds the client, which begins to connect in the background.
     * @return the client; the caller closes it
     * @throws IllegalArgumentException where there is no backend
     */
    public MemlinkClient build() {
        ClientLifecycle lifecycle = new ClientLifecycle(settings());
        lifecycle.start();
        return new DefaultMemlinkClient(lifecycle);
    }

    /** A bound that nobody has set lets the largest item pass, both ways. */
    private LinkOptions options(int largest) {
        if (this.maxItemBytes > DEFAULT_MAX_ITEM_BYTES) {
            this.options.maxValueBytes(Math.max(this.maxValueBytes, this.maxItemBytes));
        }
        if (this.maxInFlightBytes == 0) {
            this.options.maxInFlightBytes(Math.max(LinkOptions.DEFAULT_MAX_IN_FLIGHT_BYTES, largest));
        }
        if (this.maxPendingBytesPerBackend == 0) {
            this.options
                .maxPendingBytesPerBackend(Math.max(LinkOptions.DEFAULT_MAX_PENDING_BYTES_PER_BACKEND, largest));
        }
        return this.options.build();
    }

    /**
     * Returns the settings as they take effect, on one line for the log. Neither a user
     * name nor a password is among them.
     */
    @Override
    public String toString() {
        return settings() + ", locator=" + this.locatorName + ", hashTag=" + this.hashTag;
    }

    ClientSettings settings() {
        int largest = this.maxItemBytes + REQUEST_BYTES;
        long maxPendingBytes = (this.maxPendingBytes != 0) ? this.maxPendingBytes
                : Math.max(LinkResources.defaultMaxBytes(), largest);
        NodeLocator.Factory locator = this.hashTag ? this.locator.withHashTag() : this.locator;
        ClusterOptions cluster = new ClusterOptions(locator, this.failover, this.onJournalOverflow, this.listeners,
                this.requestObserver, this.slowRequestThreshold);
        return new ClientSettings(new MemcachedProtocol(this.credentials), options(largest), cluster,
                List.copyOf(this.backends), this.discovery, this.discoveryInterval, this.maxItemBytes,
                this.throwOnUndecodable, this.closeTimeout, this.ioThreads, this.maxPendingRequests, maxPendingBytes,
                this.maxBackgroundLoads, this.maxQueuedLoads);
    }

}
