package io.memlink.link;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.memlink.check.Require;
import io.memlink.link.flow.Budget;
import io.memlink.link.tls.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * Clocks and bounds of the connections to one server. Immutable.
 *
 * @since 0.1.0
 */
public final class LinkOptions {

    /** How many connections a pool keeps unless told otherwise. */
    public static final int DEFAULT_POOL_SIZE = 4;

    /** How long a request may take unless told otherwise. */
    public static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofMillis(500);

    /** The longest request timeout, and connect timeout, there can be. */
    public static final Duration MAX_REQUEST_TIMEOUT = Duration.ofHours(1);

    /** How long connecting may take unless told otherwise. */
    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofMillis(1500);

    /** How long a connection may be silent unless told otherwise. */
    public static final Duration DEFAULT_IDLE_PING = Duration.ofSeconds(10);

    /** How many requests may be pending on one connection unless told otherwise. */
    public static final int DEFAULT_MAX_IN_FLIGHT = 2048;

    /**
     * How many bytes of requests may be pending on one connection unless told otherwise.
     */
    public static final int DEFAULT_MAX_IN_FLIGHT_BYTES = 8 * 1024 * 1024;

    /**
     * How many bytes of requests may be pending to one server unless told otherwise.
     */
    public static final long DEFAULT_MAX_PENDING_BYTES_PER_BACKEND = 64 * 1024 * 1024;

    /** How long a TLS handshake may take unless told otherwise. */
    public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

    /** How large a value in a reply may be unless told otherwise. */
    public static final int DEFAULT_MAX_VALUE_BYTES = 1024 * 1024 + 1024;

    private static final long MIN_STALL_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Duration MIN_TIME = Duration.ofMillis(1);

    private static final Duration MAX_AGE = Duration.ofDays(365);

    private static final int MIN_BYTES = 1024;

    private final int poolSize;

    private final long requestTimeoutNanos;

    private final Duration connectTimeout;

    private final long idlePingNanos;

    private final int maxInFlight;

    private final int maxInFlightBytes;

    private final long maxPendingBytesPerBackend;

    private final long maxAgeNanos;

    private final Duration handshakeTimeout;

    private final int maxValueBytes;

    private final @Nullable Executor callbackExecutor;

    private final @Nullable Supplier<TlsOptions> tls;

    private LinkOptions(Builder builder) {
        this.poolSize = builder.poolSize;
        this.requestTimeoutNanos = builder.requestTimeout.toNanos();
        this.connectTimeout = builder.connectTimeout;
        this.idlePingNanos = builder.idlePing.toNanos();
        this.maxInFlight = builder.maxInFlight;
        this.maxInFlightBytes = builder.maxInFlightBytes;
        this.maxPendingBytesPerBackend = builder.maxPendingBytesPerBackend;
        this.maxAgeNanos = builder.maxAge.toNanos();
        this.handshakeTimeout = builder.handshakeTimeout;
        this.maxValueBytes = builder.maxValueBytes;
        this.callbackExecutor = builder.callbackExecutor;
        this.tls = builder.tls;
    }

    /**
     * Starts with the defaults.
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts with these options.
     * @return a builder
     */
    public Builder toBuilder() {
        return new Builder(this);
    }

    int poolSize() {
        return this.poolSize;
    }

    long requestTimeoutNanos() {
        return this.requestTimeoutNanos;
    }

    /** No request, nor one of the greeting, is due earlier after it was made. */
    long shortestTimeoutNanos() {
        return Math.min(this.requestTimeoutNanos, this.connectTimeout.toNanos());
    }

    /**
     * No reply was completed for this long although one is due: the connection is dead.
     */
    long stallTimeoutNanos() {
        return Math.max(2 * this.requestTimeoutNanos, MIN_STALL_NANOS);
    }

    /**
     * No dial takes longer: each step has a clock, and there are two replies to wait for.
     */
    long longestDialNanos() {
        return 4 * this.connectTimeout.toNanos() + this.handshakeTimeout.toNanos() + MIN_STALL_NANOS;
    }

    Duration connectTimeout() {
        return this.connectTimeout;
    }

    long idlePingNanos() {
        return this.idlePingNanos;
    }

    /**
     * Returns how long a request may take.
     * @return the time from the call to the completion of its future
     */
    public Duration requestTimeout() {
        return Duration.ofNanos(this.requestTimeoutNanos);
    }

    /**
     * Returns how many requests may be pending on one connection.
     * @return the number
     */
    public int maxInFlight() {
        return this.maxInFlight;
    }

    /**
     * Returns how many bytes of requests may be pending on one connection.
     * @return bytes
     */
    public int maxInFlightBytes() {
        return this.maxInFlightBytes;
    }

    long maxPendingBytesPerBackend() {
        return this.maxPendingBytesPerBackend;
    }

    /** Zero where connections may live as long as they do. */
    long maxAgeNanos() {
        return this.maxAgeNanos;
    }

    Duration handshakeTimeout() {
        return this.handshakeTimeout;
    }

    int maxValueBytes() {
        return this.maxValueBytes;
    }

    @Nullable Executor callbackExecutor() {
        return this.callbackExecutor;
    }

    @Nullable Supplier<TlsOptions> tls() {
        return this.tls;
    }

    /**
     * Returns what an operator asks for first.
     */
    @Override
    public String toString() {
        return "requestTimeout=" + requestTimeout() + ", connectTimeout=" + this.connectTimeout + ", poolSize="
                + this.poolSize + ", maxInFlight=" + this.maxInFlight + ", maxValueBytes=" + this.maxValueBytes
                + ", tls=" + (this.tls != null);
    }

    /** Collects options. Not safe for use by many threads. */
    public static final class Builder {

        private int poolSize = DEFAULT_POOL_SIZE;

        private Duration requestTimeout = DEFAULT_REQUEST_TIMEOUT;

        private Duration connectTimeout = DEFAULT_CONNECT_TIMEOUT;

        private Duration idlePing = DEFAULT_IDLE_PING;

        private int maxInFlight = DEFAULT_MAX_IN_FLIGHT;

        private int maxInFlightBytes = DEFAULT_MAX_IN_FLIGHT_BYTES;

        private long maxPendingBytesPerBackend = DEFAULT_MAX_PENDING_BYTES_PER_BACKEND;

        private Duration maxAge = Duration.ZERO;

        private Duration handshakeTimeout = DEFAULT_HANDSHAKE_TIMEOUT;

        private int maxValueBytes = DEFAULT_MAX_VALUE_BYTES;

        private @Nullable Executor callbackExecutor;

        private @Nullable Supplier<TlsOptions> tls;

        private Builder() {
        }

        private Builder(LinkOptions options) {
            this.poolSize = options.poolSize;
            this.requestTimeout = Duration.ofNanos(options.requestTimeoutNanos);
            this.connectTimeout = options.connectTimeout;
            this.idlePing = Duration.ofNanos(options.idlePingNanos);
            this.maxInFlight = options.maxInFlight;
            this.maxInFlightBytes = options.maxInFlightBytes;
            this.maxPendingBytesPerBackend = options.maxPendingBytesPerBackend;
            this.maxAge = Duration.ofNanos(options.maxAgeNanos);
            this.handshakeTimeout = options.handshakeTimeout;
            this.maxValueBytes = options.maxValueBytes;
            this.callbackExecutor = options.callbackExecutor;
            this.tls = options.tls;
        }

        /**
         * Sets how many connections are kept. Asynchronous requests use the first quarter
         * of them; a caller that waits may use any, and has one for itself where no more
         * wait at a time than there are. More help where values are large or cores are
         * many.
         * @param connections 1 to 64; by default {@link #DEFAULT_POOL_SIZE}
         * @return this builder
         */
        public Builder poolSize(int connections) {
            this.poolSize = Require.within("poolSize", connections, 1, 64);
            return this;
        }

        /**
         * Sets how long a request may take, from the call to the completion of its
         * future. A connection on which no reply was completed for twice this time, and
         * at least a second, is closed.
         * @param timeout 1 ms to 1 hour; by default {@link #DEFAULT_REQUEST_TIMEOUT}
         * @return this builder
         */
        public Builder requestTimeout(Duration timeout) {
            this.requestTimeout = requireTimeout("requestTimeout", timeout);
            return this;
        }

        /**
         * Sets how long connecting may take, and once connected how long the greeting may
         * take.
         * @param timeout 1 ms to 1 hour; by default {@link #DEFAULT_CONNECT_TIMEOUT}
         * @return this builder
         */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = requireTimeout("connectTimeout", timeout);
            return this;
        }

        /**
         * Sets after how long without traffic a connection is tried with a ping.
         * @param silence 1 ms to 1 hour; by default {@link #DEFAULT_IDLE_PING}
         * @return this builder
         */
        public Builder idlePing(Duration silence) {
            this.idlePing = requireTimeout("idlePing", silence);
            return this;
        }

        /**
         * Sets how many requests may be pending on one connection: accepted, in flight or
         * not, and not ended.
         * @param requests 1 to 65536; by default {@link #DEFAULT_MAX_IN_FLIGHT}
         * @return this builder
         */
        public Builder maxInFlight(int requests) {
            this.maxInFlight = Require.within("maxInFlight", requests, 1, 65536);
            return this;
        }

        /**
         * Sets how many bytes the requests may have that are pending on one connection.
         * @param bytes 1 KiB or more; by default {@link #DEFAULT_MAX_IN_FLIGHT_BYTES}
         * @return this builder
         */
        public Builder maxInFlightBytes(int bytes) {
            this.maxInFlightBytes = Require.within("maxInFlightBytes", bytes, MIN_BYTES, Integer.MAX_VALUE);
            return this;
        }

        /**
         * Sets how many bytes the requests may have that are pending on all connections
         * to the server together.
         * @param bytes 1 KiB to 512 GiB; by default
         * {@link #DEFAULT_MAX_PENDING_BYTES_PER_BACKEND}
         * @return this builder
         */
        public Builder maxPendingBytesPerBackend(long bytes) {
            this.maxPendingBytesPerBackend = Require.within("maxPendingBytesPerBackend", bytes, MIN_BYTES,
                    Budget.MAX_BYTES);
            return this;
        }

        /**
         * Sets how old connections may become, give or take a tenth. An older one is
         * replaced: the next is dialed and greeted first, and takes over once all that
         * was sent down the old one has been answered.
         * @param age 1 ms to 365 days, or zero for no limit, which is the default
         * @return this builder
         */
        public Builder maxAge(Duration age) {
            this.maxAge = Require.zeroOrWithin("maxAge", age, MIN_TIME, MAX_AGE);
            return this;
        }

        /**
         * Sets how long a TLS handshake may take, once connected.
         * @param timeout 1 ms to 1 hour; by default {@link #DEFAULT_HANDSHAKE_TIMEOUT}
         * @return this builder
         */
        public Builder handshakeTimeout(Duration timeout) {
            this.handshakeTimeout = requireTimeout("handshakeTimeout", timeout);
            return this;
        }

        /**
         * Sets how large a value in a reply may be. A larger one is skipped, and the read
         * it belongs to fails; the connection lives on.
         * @param bytes 1 KiB or more; by default {@link #DEFAULT_MAX_VALUE_BYTES}
         * @return this builder
         */
        public Builder maxValueBytes(int bytes) {
            this.maxValueBytes = Require.within("maxValueBytes", bytes, MIN_BYTES, Integer.MAX_VALUE - 1024);
            return this;
        }

        /**
         * Sets where futures are completed, instead of on the event loop.
         * @param executor belongs to the caller; where it rejects a completion, that one
         * runs on the event loop
         * @return this builder
         */
        public Builder callbackExecutor(Executor executor) {
            this.callbackExecutor = Objects.requireNonNull(executor, "callbackExecutor");
            return this;
        }

        /**
         * Encrypts connections.
         * @param tls asked for each new connection, and after each
         * {@link #idlePing(Duration)} whether it still returns equal options: where it
         * does not, connections are replaced as at their {@link #maxAge(Duration)}. May
         * block, for ever too: connections that are dialed then are encrypted as the ones
         * before
         * @return this builder
         */
        public Builder tls(Supplier<TlsOptions> tls) {
            this.tls = Objects.requireNonNull(tls, "tls");
            return this;
        }

        /**
         * Builds the options.
         * @return the options
         */
        public LinkOptions build() {
            return new LinkOptions(this);
        }

        private static Duration requireTimeout(String name, Duration value) {
            return Require.within(name, value, MIN_TIME, MAX_REQUEST_TIMEOUT);
        }

    }

}
