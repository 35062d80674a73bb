package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.memlink.discovery.Discovery;
import io.memlink.placement.Backend;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions to a {@link Discovery}, asked again and again; each good answer is handed
 * on. After a failure, an empty answer or one that is refused, all stays as it is; until
 * the first good answer the questions come faster. All but {@link #start} and
 * {@link #close} is confined to the thread of its timers. Whoever starts it closes it.
 *
 * @since 0.1.0
 */
final class MembershipWatch implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(MembershipWatch.class);

    private static final long FIRST_DELAY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Discovery discovery;

    private final Consumer<List<Backend>> listener;

    private final long intervalNanos;

    private final Timers timers;

    private final CompletableFuture<Void> answered = new CompletableFuture<>();

    /** The number of the last question; answers to earlier ones are late. */
    private long questions;

    private boolean known;

    /**
     * What went wrong last, so that it is logged once; {@code null} where all is well.
     */
    private @Nullable String trouble;

    private volatile boolean closed;

    /**
     * Creates a watch.
     * @param discovery belongs to the watch, which closes it
     * @param listener is given each good answer, whether or not it is a new one; refuses
     * it with an {@link IllegalArgumentException}
     * @param interval between two questions, give or take a fifth
     * @param timers clock and thread
     */
    MembershipWatch(Discovery discovery, Consumer<List<Backend>> listener, Duration interval, Timers timers) {
        this.discovery = discovery;
        this.listener = listener;
        this.intervalNanos = interval.toNanos();
        this.timers = timers;
    }

    /**
     * Begins to ask.
     * @return completed with the first good answer, or exceptionally with the first
     * failure; the questions go on
     */
    CompletableFuture<Void> start() {
        this.timers.execute(this::ask);
        return this.answered;
    }

    private void ask() {
        if (this.closed) {
            return;
        }
        long question = ++this.questions;
        // Not after the answer, which a discovery may fail to give.
        this.timers.schedule(this::ask, delayNanos());
        lookup().whenComplete((backends, failure) -> this.timers.execute(() -> {
            if (question == this.questions && !this.closed) {
                hear(backends, failure);
            }
        }));
    }

    private CompletableFuture<List<Backend>> lookup() {
        try {
            return Objects.requireNonNull(this.discovery.lookup(), "future of the discovery");
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private long delayNanos() {
        long delay = this.known ? this.intervalNanos : Math.min(FIRST_DELAY_NANOS, this.intervalNanos);
        return (long) (delay * (0.8 + 0.4 * this.timers.random()));
    }

    private void hear(@Nullable List<Backend> backends, @Nullable Throwable failure) {
        if (failure != null) {
            failed(failure);
        }
        else if (backends == null || backends.isEmpty()) {
            failed(new IllegalArgumentException("backends: [] (expected: at least one)"));
        }
        else {
            try {
                this.listener.accept(backends);
                succeeded();
            }
            catch (Throwable ex) {
                failed(ex);
            }
        }
    }

    private void succeeded() {
        if (this.trouble != null) {
            logger.info("The discovery of backends works again");
            this.trouble = null;
        }
        this.known = true;
        this.answered.complete(null);
    }

    private void failed(Throwable failure) {
        String trouble = failure.toString();
        if (!trouble.equals(this.trouble)) {
            logger.warn("The list of backends stays as it is: {}", trouble);
            this.trouble = trouble;
        }
        this.answered.completeExceptionally(failure);
    }

    @Override
    public void close() {
        this.closed = true;
        this.timers.execute(this.discovery::close);
    }

}
