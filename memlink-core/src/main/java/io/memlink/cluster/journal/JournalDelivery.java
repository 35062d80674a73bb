package io.memlink.cluster.journal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.memlink.cluster.health.FailureDetector;
import io.memlink.cluster.health.FailureDetector.Sign;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.Link;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.time.Backoff;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * Tells a backend of the deletes in its journal: all before it is used again, and later
 * ones that failed, in the background. Any thread may {@link #wake}; the rest is confined
 * to the timers of its cluster.
 */
public final class JournalDelivery {

    /** Enough to keep a connection busy, and a fraction of what it takes. */
    private static final int WINDOW = 512;

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(1600));

    private final Journal journal;

    private final Timers timers;

    private final Link link;

    private final BooleanSupplier usable;

    private final AtomicBoolean awake = new AtomicBoolean();

    private int failures;

    /** Delivers in the background only while the backend is used. */
    public JournalDelivery(Journal journal, Timers timers, Link link, BooleanSupplier usable) {
        this.journal = journal;
        this.timers = timers;
        this.link = link;
        this.usable = usable;
    }

    /** Delivers everything, or as much as can be, and tells how that ended. */
    public void deliver(Consumer<@Nullable MemlinkException> done) {
        List<Journal.Entry> entries = this.journal.oldest(WINDOW);
        if (entries.isEmpty()) {
            done.accept(null);
            return;
        }
        AtomicInteger pending = new AtomicInteger(entries.size());
        AtomicReference<@Nullable MemlinkException> failed = new AtomicReference<>();
        for (Journal.Entry entry : entries) {
            send(entry).whenComplete((reply, failure) -> {
                if (failureOf(failure) instanceof MemlinkException known && !isFinal(known)) {
                    failed.set(known);
                }
                if (pending.decrementAndGet() == 0) {
                    this.timers.execute(() -> delivered(failed.get(), done));
                }
            });
        }
    }

    /** Returns what a delivery failed with. */
    public static @Nullable Throwable failureOf(@Nullable Throwable thrown) {
        return (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
    }

    /** Returns whether the server refuses a delete, so that asking again is no use. */
    private static boolean isFinal(Throwable failure) {
        return failure instanceof MemlinkServerException && FailureDetector.signOf(failure) == Sign.WELL;
    }

    private void delivered(@Nullable MemlinkException failure, Consumer<@Nullable MemlinkException> done) {
        if (failure != null) {
            done.accept(failure);
        }
        else {
            deliver(done);
        }
    }

    /**
     * Sends the delete of one entry, which leaves the journal when it was answered. Any
     * thread may call.
     */
    public CompletableFuture<MetaReply> send(Journal.Entry entry) {
        return this.link.send(MetaDelete.builder(entry.key()).build()).whenComplete((reply, failure) -> {
            if (failure == null) {
                this.journal.delivered(entry);
            }
            else if (isFinal(failure)) {
                this.journal.refused(entry);
            }
        });
    }

    /** Delivers in the background, and tries again until nothing is left. */
    public void wake() {
        if (this.awake.compareAndSet(false, true)) {
            this.timers.execute(this::deliverInBackground);
        }
    }

    private void deliverInBackground() {
        if (!this.usable.getAsBoolean()) {
            this.awake.set(false);
            return;
        }
        deliver((failure) -> {
            if (failure == null) {
                this.failures = 0;
                this.awake.set(false);
                if (this.journal.depth() > 0) {
                    wake();
                }
                return;
            }
            this.failures++;
            this.timers.schedule(this::deliverInBackground, BACKOFF.delayNanos(this.failures, 1));
        });
    }

}
