package io.memlink.embedded;

import java.time.InstantSource;
import java.util.Objects;

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
     * What {@code version} answers unless told otherwise: the release that is copied
     * comes first.
     */
    public static final String DEFAULT_VERSION = "1.6.45-memlink-embedded";

    /** The largest item unless told otherwise. */
    public static final int DEFAULT_MAX_ITEM_BYTES = 1024 * 1024;

    /** The first CAS id unless told otherwise: that of servers since 1.6.27. */
    public static final long DEFAULT_FIRST_CAS = 2;

    private static final int MAX_PORT = 65535;

    private int port;

    private long maxBytes = DEFAULT_MAX_BYTES;

    private int maxItemBytes = DEFAULT_MAX_ITEM_BYTES;

    private long firstCas = DEFAULT_FIRST_CAS;

    private String version = DEFAULT_VERSION;

    private InstantSource clock = InstantSource.system();

    private @Nullable String username;

    private @Nullable String password;

    EmbeddedMemcachedBuilder() {
    }

    /**
     * Sets the port on the loopback address.
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
     */
    public EmbeddedMemcachedBuilder version(String version) {
        Objects.requireNonNull(version, "version");
        require(!version.isEmpty() && version.indexOf(' ') < 0, "version", version, "not empty, no space");
        this.version = version;
        return this;
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
     * Makes clients log in.
     * @param username the only user, without spaces
     * @param password the password
     * @return this builder
     */
    public EmbeddedMemcachedBuilder credentials(String username, String password) {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        require(!username.isEmpty() && username.indexOf(' ') < 0, "username", username, "not empty, no space");
        this.username = username;
        this.password = password;
        return this;
    }

    /**
     * Starts the server. Returns once it accepts connections.
     * @return the running server, which the caller closes
     * @throws IllegalStateException if the port is taken
     */
    public EmbeddedMemcached start() {
        require(this.maxItemBytes <= this.maxBytes, "maxItemBytes", this.maxItemBytes, "at most maxBytes");
        return new EmbeddedMemcached(this);
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
        return this.firstCas;
    }

    String version() {
        return this.version;
    }

    InstantSource clock() {
        return this.clock;
    }

    @Nullable String username() {
        return this.username;
    }

    @Nullable String password() {
        return this.password;
    }

}
