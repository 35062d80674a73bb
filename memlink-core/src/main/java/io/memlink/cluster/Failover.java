package io.memlink.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.memlink.check.Require;
import io.memlink.placement.Backend;

/**
 * The treatment of requests for keys whose backend cannot be used. Keys never move to the
 * other backends: when the first one comes back, what it held would be read again,
 * however old it is. Immutable.
 *
 * @param gutter backends that stand in for those that cannot be used, and hold nothing
 * otherwise; empty for none
 * @param maxTimeToLive the longest that an item may live there, which bounds how outdated
 * it may be when the gutter is used the next time
 * @see <a href=
 * "https://www.usenix.org/conference/nsdi13/technical-sessions/presentation/nishtala">Nishtala
 * et al., Scaling Memcache at Facebook, "Handling Failures"</a>
 * @since 0.1.0
 */
public record Failover(List<Backend> gutter, Duration maxTimeToLive) {

    /** How long items live in the gutter unless told otherwise. */
    public static final Duration DEFAULT_MAX_TIME_TO_LIVE = Duration.ofSeconds(10);

    private static final Duration LIMIT = Duration.ofHours(1);

    public Failover {
        gutter = Require.present("gutter", gutter);
        Require.distinct("gutter", gutter, Backend::id);
        Require.distinct("gutter", gutter, Backend::hostAndPort);
        Require.within("maxTimeToLive", maxTimeToLive, Duration.ofSeconds(1), LIMIT);
    }

    /**
     * Returns the way that lets such requests fail at once.
     * @return no failover
     */
    public static Failover none() {
        return new Failover(List.of(), DEFAULT_MAX_TIME_TO_LIVE);
    }

    /**
     * Returns the way that sends such requests to other backends, for a short while.
     * @param backends at least one, each as in {@link Backend#parse}; not those of the
     * client itself
     * @param maxTimeToLive the longest that an item may live there, 1 s to 1 hour
     * @return the failover
     * @throws IllegalArgumentException where there is no backend, or one twice
     */
    public static Failover gutter(Collection<String> backends, Duration maxTimeToLive) {
        List<String> named = Require.present("backends", backends);
        if (named.isEmpty()) {
            throw new IllegalArgumentException("gutter: [] (expected: at least one backend)");
        }
        return new Failover(named.stream().map(Backend::parse).toList(), maxTimeToLive);
    }

    /**
     * Returns the way that sends such requests to other backends for
     * {@link #DEFAULT_MAX_TIME_TO_LIVE}.
     * @param backends at least one
     * @return the failover
     */
    public static Failover gutter(String... backends) {
        return gutter(Arrays.asList(Objects.requireNonNull(backends, "backends")), DEFAULT_MAX_TIME_TO_LIVE);
    }

    /**
     * Requires that what is written to the gutter in place of a backend does not reach
     * that backend, and that each of them has a name of its own.
     * @param backends those of the client
     * @throws IllegalArgumentException where one of them is in the gutter too, by its
     * address or by its identity
     */
    public void requireOutside(Collection<Backend> backends) {
        List<Backend> own = Require.present("backends", backends);
        List<Backend> all = Stream.concat(own.stream(), this.gutter.stream()).toList();
        Require.distinct("backends and gutter", all, Backend::hostAndPort);
        Require.distinct("backends and gutter", all, Backend::id);
    }

    public boolean hasGutter() {
        return !this.gutter.isEmpty();
    }

}
