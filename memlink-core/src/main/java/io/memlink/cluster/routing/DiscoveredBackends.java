package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.memlink.check.Require;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.discovery.Discovery;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;

/**
 * The backends of a client that finds them by itself. Immutable.
 */
public final class DiscoveredBackends {

    /**
     * Long enough for a name server, and no longer than an application can be held up.
     */
    private static final long FIRST_ANSWER_SECONDS = 1;

    private final Aside discovery;

    private final Duration interval;

    /**
     * Creates what finds the backends.
     * @param discovery tells them
     * @param interval how long they are believed to be the same
     * @param executor asks the discovery, which may block although it must not
     */
    public DiscoveredBackends(Discovery discovery, Duration interval, Executor executor) {
        this.discovery = new Aside(discovery, executor);
        this.interval = interval;
    }

    /**
     * Makes the router: of the backends that are found at once, or else of others, or
     * else of none, until some are found.
     */
    public Router route(List<Backend> otherwise, ClusterOptions cluster, ClientJournals journals, Protocol protocol,
            LinkOptions options, LinkResources resources) {
        Throwable failure;
        try {
            List<Backend> backends = this.discovery.lookup().get(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS);
            if (!backends.isEmpty()) {
                return new Router(backends, cluster, journals, protocol, options, resources);
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
        catch (TimeoutException ex) {
            failure = this.discovery.silence("within " + FIRST_ANSWER_SECONDS + " s");
        }
        catch (Throwable ex) {
            failure = ex;
        }
        if (!otherwise.isEmpty()) {
            return Router.provisional(otherwise, cluster, journals, protocol, options, resources);
        }
        return new Router(
                new MemlinkConnectionException(Reason.UNKNOWN_HOST, Outcome.NOT_SENT,
                        "backends were not discovered yet: " + failure, failure),
                cluster, journals, protocol, options, resources);
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

    /**
     * A discovery that is asked on another thread, so that one that blocks holds up
     * neither who builds a client nor the timers of the client. However long that takes,
     * it keeps one thread: until it has returned, other questions fail and name it.
     */
    private static final class Aside implements Discovery {

        private final Discovery discovery;

        private final Executor executor;

        private final AtomicBoolean asked = new AtomicBoolean();

        Aside(Discovery discovery, Executor executor) {
            this.discovery = discovery;
            this.executor = executor;
        }

        @Override
        public CompletableFuture<List<Backend>> lookup() {
            if (!this.asked.compareAndSet(false, true)) {
                return CompletableFuture.failedFuture(silence("yet"));
            }
            CompletableFuture<List<Backend>> answer = new CompletableFuture<>();
            try {
                this.executor.execute(() -> ask(answer));
            }
            catch (Throwable ex) {
                this.asked.set(false);
                answer.completeExceptionally(ex);
            }
            return answer;
        }

        private void ask(CompletableFuture<List<Backend>> answer) {
            try {
                call().whenComplete((backends, failure) -> {
                    if (failure != null) {
                        answer.completeExceptionally(failure);
                    }
                    else {
                        answer.complete(backends);
                    }
                });
            }
            catch (Throwable ex) {
                answer.completeExceptionally(ex);
            }
        }

        private CompletableFuture<List<Backend>> call() {
            try {
                return Require.returned("discovery", this.discovery, this.discovery.lookup(), "a future");
            }
            finally {
                this.asked.set(false);
            }
        }

        /** Returns what it means that there is no answer. */
        MemlinkTimeoutException silence(String when) {
            String discovery = "discovery: " + this.discovery.getClass().getName();
            return new MemlinkTimeoutException(Outcome.NOT_SENT,
                    this.asked.get()
                            ? discovery + ".lookup() has not returned " + when + " (expected: a future, at once)"
                            : discovery + " has not answered " + when + " (expected: the backends)");
        }

        @Override
        public void close() {
            this.discovery.close();
        }

    }

}
