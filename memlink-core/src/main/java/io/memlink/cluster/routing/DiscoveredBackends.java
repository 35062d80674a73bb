package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import io.memlink.discovery.Discovery;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;

/**
 * The backends of a client that finds them by itself.
 *
 * @param discovery tells them
 * @param interval how long they are believed to be the same
 */
public record DiscoveredBackends(Discovery discovery, Duration interval) {

    /**
     * Long enough for a name server, and no longer than an application can be held up.
     */
    private static final long FIRST_ANSWER_SECONDS = 1;

    /**
     * Makes the router: of the backends that are found at once, or else of others, or
     * else of none, until some are found.
     */
    public Router route(List<Backend> otherwise, ClusterOptions cluster, Protocol protocol, LinkOptions options,
            LinkResources resources) {
        Throwable failure;
        try {
            List<Backend> backends = this.discovery.lookup().get(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS);
            if (!backends.isEmpty()) {
                return new Router(backends, cluster, protocol, options, resources);
            }
            failure = new IllegalArgumentException("backends: [] (expected: at least one)");
        }
        catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            failure = ex;
        }
        catch (ExecutionException ex) {
            failure = (ex.getCause() instanceof MemlinkException cause) ? cause : ex;
        }
        catch (Throwable ex) {
            failure = ex;
        }
        if (!otherwise.isEmpty()) {
            return Router.provisional(otherwise, cluster, protocol, options, resources);
        }
        return new Router(
                new MemlinkConnectionException(Reason.UNKNOWN_HOST, Outcome.NOT_SENT,
                        "backends were not discovered yet: " + failure, failure),
                cluster, protocol, options, resources);
    }

    /**
     * Keeps the backends of a router as they are told.
     * @return ends that
     */
    public Runnable watch(Router router, Timers timers) {
        MembershipWatch watch = new MembershipWatch(this.discovery, new RepeatedAnswers(router.membership()),
                this.interval, timers);
        watch.start();
        return watch::close;
    }

}
