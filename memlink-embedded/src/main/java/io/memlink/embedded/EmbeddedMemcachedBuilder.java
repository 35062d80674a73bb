package io.memlink.embedded;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.net.ssl.SSLContext;

import io.memlink.embedded.command.Release;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link EmbeddedMemcached}. Not safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class EmbeddedMemcachedBuilder {

    /** The memory for items unless told otherwise. */
    public static final long DEFAULT_MAX_BYTES = 64L * 1024 * 1024;

    /**
     * What {@code version} answers unless told otherwise: the release that is copied, and
     * nothing else, as there are clients that take no other text for a version.
     */
    public static final String DEFAULT_VERSION = "1.6.45";

    /** The largest item unless told otherwise. */
    public static final int DEFAULT_MAX_ITEM_BYTES = 1024 * 1024;

    /**
     * The first CAS id unless told otherwise: that of servers since 1.6.27. Older ones
     * begin with 1.
     */
    public static final long DEFAULT_FIRST_CAS = 2;

    /** How many connections there can be unless told otherwise, as on a real server. */
    public static final int DEFAULT_MAX_CONNECTIONS = 1024;

    private static final int MAX_PORT = 65535;

    private static final Pattern NODE = Pattern.compile("[^|\\s]+:\\d{1,5}");

    private int port;

    private long maxBytes = DEFAULT_MAX_BYTES;

    private int maxItemBytes = DEFAULT_MAX_ITEM_BYTES;

    private long firstCas;

    private String version = DEFAULT_VERSION;

    private InstantSource clock = InstantSource.system();

    private final Map<String, String> users = new LinkedHashMap<>();

    private Release release = Release.NEWEST;

    private InetAddress address = InetAddress.getLoopbackAddress();

    private @Nullable Path unixSocket;

    private int maxConnections = DEFAULT_MAX_CONNECTIONS;

    private @Nullable SSLContext tls;

    private boolean clientCertificates;

    private boolean shutdownAllowed;

    private @Nullable List<String> cluster;

    private @Nullable Integer controlPort;

    EmbeddedMemcachedBuilder() {
    }

    /**
     * Sets the port.
     * @param port the port, 0 (the default) for any free one
     * @return this builder
     */
    public EmbeddedMemcachedBuilder port(int port) {
        require(port >= 0 && port <= MAX_PORT, "port", port, "0 to 65535");
        this.port = port;
        return this;
    }

    /**
     * Sets the memory for items, counted as a real server counts it. What does not fit
     * evicts the least recently used.
     * @param maxBytes the memory in bytes, positive (default {@link #DEFAULT_MAX_BYTES})
     * @return this builder
     */
    public EmbeddedMemcachedBuilder maxBytes(long maxBytes) {
        require(maxBytes > 0, "maxBytes", maxBytes, "a positive number");
        this.maxBytes = maxBytes;
        return this;
    }

    /**
     * Sets the largest item: key, value and some 60 bytes.
     * @param maxItemBytes the size in bytes, positive (default
     * {@link #DEFAULT_MAX_ITEM_BYTES})
     * @return this builder
     */
    public EmbeddedMemcachedBuilder maxItemBytes(int maxItemBytes) {
        require(maxItemBytes > 0, "maxItemBytes", maxItemBytes, "a positive number");
        this.maxItemBytes = maxItemBytes;
        return this;
    }

    /**
     * Sets the CAS id of the first item.
     * @param firstCas the id, not 0 (default {@link #DEFAULT_FIRST_CAS})
     * @return this builder
     */
    public EmbeddedMemcachedBuilder firstCas(long firstCas) {
        require(firstCas != 0, "firstCas", firstCas, "not 0");
        this.firstCas = firstCas;
        return this;
    }

    /**
     * Sets what {@code version} and {@code stats} tell, for clients that look at it.
     * Changes nothing else.
     * @param version the version, without spaces (default {@link #DEFAULT_VERSION})
     * @return this builder
     * @see #claimVersion(String)
     */
    public EmbeddedMemcachedBuilder version(String version) {
        Objects.requireNonNull(version, "version");
        require(!version.isEmpty() && version.indexOf(' ') < 0, "version", version, "not empty, no space");
        this.version = version;
        return this;
    }

    /**
     * Makes the server one of an older release: {@code version} tells it, and flags,
     * numbers, CAS ids and the texts of errors are those of that release, as far as they
     * are known.
     * @param version the release, for example {@code 1.6.18}
     * @return this builder
     */
    public EmbeddedMemcachedBuilder claimVersion(String version) {
        this.release = Release.of(Objects.requireNonNull(version, "version"));
        return version(version);
    }

    /**
     * Sets where the time comes from, so that tests can move it. Read on the server's
     * thread.
     * @param clock the clock (default: the system's)
     * @return this builder
     */
    public EmbeddedMemcachedBuilder clock(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
        return this;
    }

    /**
     * Makes clients log in. Called more than once, it lets in more than one user.
     * @param username the user, without spaces
     * @param password the password
     * @return this builder
     */
    public EmbeddedMemcachedBuilder credentials(String username, String password) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        require(!username.isEmpty() && username.indexOf(' ') < 0, "username", username, "not empty, no space");
        this.users.put(username, password);
        return this;
    }

    /**
     * Sets the address to listen on.
     * @param address the address (default: the loopback address)
     * @return this builder
     */
    public EmbeddedMemcachedBuilder bind(InetAddress address) {
        this.address = Objects.requireNonNull(address, "address");
        return this;
    }

    /**
     * Listens on a Unix socket too.
     * @param path the file, which must not exist; it is deleted when the server closes
     * @return this builder
     */
    public EmbeddedMemcachedBuilder unixSocket(Path path) {
        this.unixSocket = Objects.requireNonNull(path, "path");
        return this;
    }

    /**
     * Sets how many connections there can be at once. One more is told so and closed.
     * @param maxConnections the number of connections, positive (default
     * {@link #DEFAULT_MAX_CONNECTIONS})
     * @return this builder
     */
    public EmbeddedMemcachedBuilder maxConnections(int maxConnections) {
        require(maxConnections > 0, "maxConnections", maxConnections, "a positive number");
        this.maxConnections = maxConnections;
        return this;
    }

    /**
     * Speaks TLS, on every socket.
     * @param context where keys and trusted certificates come from
     * @return this builder
     */
    public EmbeddedMemcachedBuilder tls(SSLContext context) {
        this.tls = Objects.requireNonNull(context, "context");
        return this;
    }

    /**
     * Speaks TLS, on every socket, with clients only that show a certificate which the
     * context trusts.
     * @param context where keys and trusted certificates come from
     * @return this builder
     */
    public EmbeddedMemcachedBuilder mutualTls(SSLContext context) {
        this.clientCertificates = true;
        return tls(context);
    }

    /**
     * Lets clients end the server with {@code shutdown}.
     * @return this builder
     */
    public EmbeddedMemcachedBuilder allowShutdown() {
        this.shutdownAllowed = true;
        return this;
    }

    /**
     * Answers {@code config get cluster}, so that the discovery of clouds can be tried. A
     * stock memcached does not know that command.
     * @param nodes the nodes, each as {@code host:port}; none for the server itself
     * @return this builder
     */
    public EmbeddedMemcachedBuilder cluster(String... nodes) {
        for (String node : nodes) {
            require(NODE.matcher(node).matches(), "cluster", node, "host:port");
        }
        this.cluster = List.of(nodes);
        return this;
    }

    /**
     * Opens a port, on the loopback address only, on which everything that a test can do
     * to the server can be asked for as a line of text: {@code help} lists it.
     * @param port the port, 0 for any free one
     * @return this builder
     */
    public EmbeddedMemcachedBuilder controlPort(int port) {
        require(port >= 0 && port <= MAX_PORT, "controlPort", port, "0 to 65535");
        this.controlPort = port;
        return this;
    }

    /**
     * Starts the server. Returns once it accepts connections.
     * @return the running server, which the caller closes
     * @throws IllegalStateException if the port is taken
     */
    public EmbeddedMemcached start() {
        require(this.maxItemBytes <= this.maxBytes, "maxItemBytes", this.maxItemBytes, "at most maxBytes");
        return new EmbeddedMemcached(copy());
    }

    private static void require(boolean valid, String name, Object value, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    int port() {
        return this.port;
    }

    long maxBytes() {
        return this.maxBytes;
    }

    int maxItemBytes() {
        return this.maxItemBytes;
    }

    long firstCas() {
        return (this.firstCas != 0) ? this.firstCas
                : this.release.failuresUseCasIds() ? DEFAULT_FIRST_CAS : DEFAULT_FIRST_CAS - 1;
    }

    String version() {
        return this.version;
    }

    InstantSource clock() {
        return this.clock;
    }

    Map<String, String> users() {
        return Map.copyOf(this.users);
    }

    Release release() {
        return this.release;
    }

    InetAddress address() {
        return this.address;
    }

    @Nullable Path unixSocket() {
        return this.unixSocket;
    }

    int maxConnections() {
        return this.maxConnections;
    }

    @Nullable SSLContext tls() {
        return this.tls;
    }

    boolean clientCertificates() {
        return this.clientCertificates;
    }

    boolean shutdownAllowed() {
        return this.shutdownAllowed;
    }

    @Nullable List<String> cluster() {
        return this.cluster;
    }

    @Nullable Integer controlPort() {
        return this.controlPort;
    }

    EmbeddedMemcachedBuilder copy() {
        EmbeddedMemcachedBuilder copy = new EmbeddedMemcachedBuilder();
        copy.port = this.port;
        copy.maxBytes = this.maxBytes;
        copy.maxItemBytes = this.maxItemBytes;
        copy.firstCas = this.firstCas;
        copy.version = this.version;
        copy.clock = this.clock;
        copy.users.putAll(this.users);
        copy.release = this.release;
        copy.address = this.address;
        copy.unixSocket = this.unixSocket;
        copy.maxConnections = this.maxConnections;
        copy.tls = this.tls;
        copy.clientCertificates = this.clientCertificates;
        copy.shutdownAllowed = this.shutdownAllowed;
        copy.cluster = this.cluster;
        copy.controlPort = this.controlPort;
        return copy;
    }

}
