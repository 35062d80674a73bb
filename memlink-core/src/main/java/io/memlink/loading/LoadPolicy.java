package io.memlink.loading;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import io.memlink.check.Require;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/**
 * A policy for loading missing values: how long they are kept, who loads, and what the
 * others do meanwhile. Immutable; made by a builder, whose methods tell the defaults.
 * <p>
 * Of all clients that miss a value, the server gives one a lease; that one loads. It
 * stores what it loaded only if nobody has deleted or changed the item meanwhile, so that
 * an old value never replaces a newer one.
 * <p>
 * Values that are up to date for ten minutes, and are used for one more while one reader
 * loads them anew, or cannot: <pre>{@code
 * LoadPolicy policy = LoadPolicy.builder()
 *     .timeToLive(Duration.ofMinutes(10))
 *     .staleFor(Duration.ofMinutes(1))
 *     .staleOnError(true)
 *     .build();
 * ValueOperations<String> names = client.with(Transcoder.text());
 * return names.getOrLoad("user:7:name", () -> database.get(), policy);
 * }</pre>
 *
 * @see <a href=
 * "https://www.usenix.org/system/files/conference/nsdi13/nsdi13-final170_update.pdf">
 * Nishtala et al., Scaling Memcache at Facebook, section 3.2.1</a>
 * @since 0.1.0
 */
public final class LoadPolicy {

    /** How long a lease lasts unless told otherwise. */
    public static final Duration DEFAULT_LEASE_TIME = Duration.ofSeconds(10);

    /** How long callers without a lease wait unless told otherwise. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofSeconds(2);

    private static final Duration MAX_TIME = Duration.ofHours(1);

    private static final Duration LONGEST = Duration.ofDays(3650);

    /** Longer than any server can keep an item. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private static final int LONGEST_LOAD_IN_LEASES = 10;

    /**
     * So much shorter that a placeholder of that age looks like one whose lease is over.
     */
    private static final int LONGEST_UNLEASED_LOAD_IN_LEASES = 8;

    private final Supplier<Expiration> expiration;

    private final Duration leaseTime;

    private final Duration maxWait;

    private final long maxWaitNanos;

    private final WhenLost whenLost;

    private final Duration recacheBefore;

    private final Duration staleFor;

    private final boolean staleOnError;

    private final boolean throwOnFailure;

    private LoadPolicy(Builder builder) {
        this.expiration = builder.expiration;
        this.leaseTime = builder.leaseTime;
        this.maxWait = builder.maxWait;
        this.maxWaitNanos = builder.maxWait.toNanos();
        this.whenLost = builder.whenLost;
        this.recacheBefore = builder.recacheBefore;
        this.staleFor = builder.staleFor;
        this.staleOnError = builder.staleOnError;
        this.throwOnFailure = builder.throwOnFailure;
    }

    /**
     * Starts with the defaults, and values that never expire.
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the defaults, with values that expire.
     * @param timeToLive after which they do
     * @return the policy
     */
    public static LoadPolicy timeToLive(Duration timeToLive) {
        return builder().timeToLive(timeToLive).build();
    }

    /**
     * Returns how long a load may take whose value is stored, if nothing has happened to
     * the item meanwhile: ten times as long as the lease, which only decides from when on
     * others load as well. The placeholder of a lease ends after that.
     * @param leaseTime the time of a lease
     * @return the time of a placeholder
     */
    public static Duration longestLoad(Duration leaseTime) {
        return Objects.requireNonNull(leaseTime, "leaseTime").multipliedBy(LONGEST_LOAD_IN_LEASES);
    }

    /**
     * Returns how long a load may take that has no lease, and keeps nobody from loading:
     * eight times as long as a lease. Whoever makes a placeholder that ends after that,
     * without holding a lease, can tell whether the item was changed while it loaded.
     * @param leaseTime the time of a lease
     * @return the time of a placeholder
     */
    public static Duration longestUnleasedLoad(Duration leaseTime) {
        return Objects.requireNonNull(leaseTime, "leaseTime").multipliedBy(LONGEST_UNLEASED_LOAD_IN_LEASES);
    }

    /** Returns whether a lease keeps nobody from loading any more. */
    boolean isLeaseOver(@Nullable Duration placeholderLeft) {
        return placeholderLeft != null
                && longestLoad(this.leaseTime).minus(placeholderLeft).compareTo(this.leaseTime) > 0;
    }

    /**
     * Returns when a value that was loaded now leaves the server: as long after it is out
     * of date as it may be used then.
     */
    Expiration expiration() {
        Expiration expiration = Require.returned("expiration", this.expiration, this.expiration.get(), "an Expiration");
        Duration timeToLive = expiration.timeToLive();
        if (timeToLive == null || this.staleFor.isZero() || timeToLive.compareTo(FOREVER) > 0) {
            return expiration;
        }
        return Expiration.after(timeToLive.plus(this.staleFor));
    }

    Duration leaseTime() {
        return this.leaseTime;
    }

    Duration maxWait() {
        return this.maxWait;
    }

    long maxWaitNanos() {
        return this.maxWaitNanos;
    }

    WhenLost whenLost() {
        return this.whenLost;
    }

    /** Remaining time to live below which one reader is chosen to load. */
    @Nullable Duration recacheBelow() {
        Duration below = this.recacheBefore.plus(this.staleFor);
        return below.isZero() ? null : below;
    }

    /** Returns whether an item with this time to live is out of date. */
    boolean isStale(@Nullable Duration timeToLive) {
        return !this.staleFor.isZero() && timeToLive != null && timeToLive.compareTo(this.staleFor) < 0;
    }

    boolean staleOnError() {
        return this.staleOnError;
    }

    boolean throwOnFailure() {
        return this.throwOnFailure;
    }

    /** The behaviour of callers while another one, here or elsewhere, holds the lease. */
    public enum WhenLost {

        /**
         * Wait for the value, up to {@link Builder#maxWait}; then load without storing.
         */
        WAIT,

        /** Use the value that is out of date; wait where there is none. */
        STALE,

        /** Load at once, without storing. */
        LOAD

    }

    /** Collects settings. Not safe for use by many threads. */
    public static final class Builder {

        private Supplier<Expiration> expiration = Expiration::never;

        private Duration leaseTime = DEFAULT_LEASE_TIME;

        private Duration maxWait = DEFAULT_MAX_WAIT;

        private WhenLost whenLost = WhenLost.STALE;

        private Duration recacheBefore = Duration.ZERO;

        private Duration staleFor = Duration.ZERO;

        private boolean staleOnError;

        private boolean throwOnFailure;

        private Builder() {
        }

        /**
         * Sets after which time values are out of date.
         * @param timeToLive more than zero, rounded up to a second; by default they never
         * are
         * @return this builder
         */
        public Builder timeToLive(Duration timeToLive) {
            Expiration expiration = Expiration.after(requirePositive("timeToLive", timeToLive));
            return expiration(() -> expiration);
        }

        /**
         * Sets what tells when a value is out of date, for times that depend on it or
         * vary.
         * @param expiration asked after each load, in the thread that completes it; where
         * it throws or returns {@code null}, the value is not stored, and comes with that
         * failure
         * @return this builder
         */
        public Builder expiration(Supplier<Expiration> expiration) {
            this.expiration = Objects.requireNonNull(expiration, "expiration");
            return this;
        }

        /**
         * Sets for how long a lease keeps others from loading where its owner is never
         * heard of again. A load that takes longer is stored nevertheless, up to
         * {@link #longestLoad ten times} that; should be longer than loading takes, so
         * that only one caller loads.
         * @param leaseTime more than zero, at most an hour, rounded up to a second; by
         * default {@link #DEFAULT_LEASE_TIME}
         * @return this builder
         */
        public Builder leaseTime(Duration leaseTime) {
            this.leaseTime = Require.within("leaseTime", requirePositive("leaseTime", leaseTime), Duration.ZERO,
                    MAX_TIME);
            return this;
        }

        /**
         * Sets how long a caller waits for a value that another one loads, here or in
         * another client; no thread is held meanwhile. It is counted from the call. When
         * it is over, one of the callers of this client loads without storing. The others
         * wait for that load, once more as long, and fail with a
         * {@link io.memlink.error.MemlinkTimeoutException} then, so that no caller waits
         * for others for more than twice this time. A request to the server that is under
         * way at its end takes up to the request timeout, and the caller's own loader as
         * long as it takes.
         * @param maxWait zero to an hour, zero for not waiting at all: each caller loads;
         * by default {@link #DEFAULT_MAX_WAIT}
         * @return this builder
         */
        public Builder maxWait(Duration maxWait) {
            this.maxWait = Require.within("maxWait", maxWait, Duration.ZERO, MAX_TIME);
            return this;
        }

        /**
         * Sets what callers without the lease do.
         * @param whenLost by default {@link WhenLost#STALE}
         * @return this builder
         */
        public Builder whenLost(WhenLost whenLost) {
            this.whenLost = Objects.requireNonNull(whenLost, "whenLost");
            return this;
        }

        /**
         * Sets how long before it is out of date a value is loaded anew, by one reader
         * and in the background.
         * @param recacheBefore zero to 3650 days; by default zero, which is never
         * @return this builder
         */
        public Builder recacheBefore(Duration recacheBefore) {
            this.recacheBefore = Require.within("recacheBefore", recacheBefore, Duration.ZERO, LONGEST);
            return this;
        }

        /**
         * Sets for how long a value that is out of date is used while one reader loads it
         * anew in the background. The server keeps values that much longer.
         * @param staleFor zero to 3650 days; by default zero, which is not at all
         * @return this builder
         */
        public Builder staleFor(Duration staleFor) {
            this.staleFor = Require.within("staleFor", staleFor, Duration.ZERO, LONGEST);
            return this;
        }

        /**
         * Sets whether a value that is out of date is used where the loader fails.
         * @param staleOnError by default not
         * @return this builder
         */
        public Builder staleOnError(boolean staleOnError) {
            this.staleOnError = staleOnError;
            return this;
        }

        /**
         * Sets whether a cache that cannot be asked is a failure of the call.
         * @param throwOnFailure by default not: the value is loaded, and not stored
         * @return this builder
         */
        public Builder throwOnFailure(boolean throwOnFailure) {
            this.throwOnFailure = throwOnFailure;
            return this;
        }

        /**
         * Builds the policy.
         * @return the policy
         */
        public LoadPolicy build() {
            return new LoadPolicy(this);
        }

        private static Duration requirePositive(String name, Duration value) {
            if (Objects.requireNonNull(value, name).isNegative() || value.isZero()) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: more than zero)");
            }
            return value;
        }

    }

}
