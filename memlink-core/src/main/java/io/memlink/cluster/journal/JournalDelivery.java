package io.memlink.cluster.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.Request;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.time.Backoff;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The way of the deletes in a journal to one machine: all before it is used, and later
 * ones that failed or leave quarantine, in the background. Each is tried in its turn,
 * whatever becomes of the others. Any thread may {@link #wake}, {@link #settle},
 * {@link #send} and ask {@link #isSending}; the rest is confined to the timers of its
 * cluster.
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

    private final List<Runnable> settling = new ArrayList<>();

    /** Deletes that have not ended. */
    private final Set<Request<?>> sending = ConcurrentHashMap.newKeySet();

    private int failures;

    private boolean planned;

    /** Whether another machine is delivered to by now. */
    private volatile boolean ended;

    /** Delivers in the background only while the backend is used. */
    public JournalDelivery(Journal journal, Timers timers, Link link, BooleanSupplier usable) {
        this.journal = journal;
        this.timers = timers;
        this.link = link;
        this.usable = usable;
    }

    /** Tells this machine from now on, and of everything. */
    public void begin() {
        this.journal.begin(this::wake);
        wake();
    }

    /** Tells the machine no more; what it is told nevertheless counts for nothing. */
    public void end() {
        this.ended = true;
    }

    /**
     * Tries to deliver each key that is due, once, and tells why one that is still owed
     * could not be. Gives up where nothing gets through.
     */
    public void deliver(Consumer<@Nullable MemlinkException> done) {
        new Pass(this.journal.due(this.timers.nanoTime()), done).next();
    }

    /** Returns what a request failed with, whatever it was. */
    public static @Nullable MemlinkException failureOf(@Nullable Throwable thrown) {
        Throwable failure = (thrown instanceof CompletionException && thrown.getCause() != null) ? thrown.getCause()
                : thrown;
        if (failure == null || failure instanceof MemlinkException) {
            return (MemlinkException) failure;
        }
        return new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "request failed: " + failure, failure);
    }

    /**
     * Sends the delete of one entry, which is delivered when it was answered. Any thread
     * may call.
     */
    public CompletableFuture<MetaReply> send(Journal.Entry entry) {
        CompletableFuture<MetaReply> sent;
        MetaDelete delete = MetaDelete.builder(entry.key()).build();
        this.sending.add(delete);
        try {
            sent = this.link.send(delete);
        }
        catch (Throwable ex) {
            this.sending.remove(delete);
            return CompletableFuture.failedFuture(ex);
        }
        return sent.whenComplete((reply, failure) -> {
            this.sending.remove(delete);
            if (this.ended) {
                return;
            }
            if (failure == null) {
                this.journal.delivered(entry, this.timers.nanoTime());
                if (entry.mayArrive()) {
                    wake();
                }
            }
        });
    }

    /**
     * Returns whether a request is one of these deletes, which has not ended. If it
     * fails, its key is owed as before, and nobody else has to be told of it.
     */
    public boolean isSending(Request<?> request) {
        return this.sending.contains(request);
    }

    /** Delivers in the background, and tries again until nothing is left. */
    public void wake() {
        if (isDelivering() && this.awake.compareAndSet(false, true)) {
            this.timers.execute(this::deliverInBackground);
        }
    }

    /**
     * Delivers what is due, for a client that ends.
     * @param settled run when nothing is due any more, or the machine cannot be told
     */
    public void settle(Runnable settled) {
        this.timers.execute(() -> {
            this.settling.add(settled);
            if (isDelivering() && this.journal.due(this.timers.nanoTime()) > 0) {
                wake();
            }
            else {
                settled();
            }
        });
    }

    private void settled() {
        List<Runnable> settled = List.copyOf(this.settling);
        this.settling.clear();
        settled.forEach(Runnable::run);
    }

    private boolean isDelivering() {
        return !this.ended && this.usable.getAsBoolean();
    }

    private void deliverInBackground() {
        if (!isDelivering()) {
            this.awake.set(false);
            settled();
            return;
        }
        deliver((failure) -> {
            if (failure == null) {
                this.failures = 0;
                this.awake.set(false);
                goOn();
                return;
            }
            this.failures++;
            this.timers.schedule(this::deliverInBackground, BACKOFF.delayNanos(this.failures, 1));
        });
    }

    /** Wakes for what was added meanwhile, and later for what leaves quarantine. */
    private void goOn() {
        long now = this.timers.nanoTime();
        if (this.journal.due(now) > 0) {
            wake();
            return;
        }
        settled();
        long delayNanos = this.journal.untilDueNanos(now);
        if (delayNanos >= 0 && !this.planned) {
            this.planned = true;
            this.timers.schedule(() -> {
                this.planned = false;
                wake();
            }, delayNanos);
        }
    }

    /**
     * One try for each of a number of keys. What finds no room on the connections is
     * tried again as long as others get through.
     */
    private final class Pass {

        private final Consumer<@Nullable MemlinkException> done;

        private int left;

        private volatile @Nullable MemlinkException failure;

        private volatile @Nullable MemlinkException refusal;

        /** Whether the backend has answered anything in the current window. */
        private volatile boolean answered;

        /** How many have found no room in the current window. */
        private final AtomicInteger refused = new AtomicInteger();

        Pass(int keys, Consumer<@Nullable MemlinkException> done) {
            this.left = keys;
            this.done = done;
        }

        void next() {
            List<Journal.Entry> entries = JournalDelivery.this.journal.oldest(Math.min(WINDOW, this.left));
            if (entries.isEmpty()) {
                this.done.accept(this.failure);
                return;
            }
            this.left -= entries.size();
            this.answered = false;
            AtomicInteger pending = new AtomicInteger(entries.size());
            for (Journal.Entry entry : entries) {
                send(entry).whenComplete((reply, thrown) -> {
                    ended(entry, failureOf(thrown));
                    if (pending.decrementAndGet() == 0) {
                        JournalDelivery.this.timers.execute(this::windowEnded);
                    }
                });
            }
        }

        private void ended(Journal.Entry entry, @Nullable MemlinkException failure) {
            if (failure == null || failure instanceof MemlinkServerException) {
                this.answered = true;
            }
            if (failure instanceof MemlinkOverloadedException) {
                this.refused.incrementAndGet();
                this.refusal = failure;
            }
            else if (failure != null) {
                JournalDelivery.this.journal.postpone(entry);
                this.failure = failure;
            }
        }

        private void windowEnded() {
            int refused = this.refused.getAndSet(0);
            if (this.answered) {
                this.left += refused;
                next();
            }
            else {
                this.done.accept((this.failure != null) ? this.failure : this.refusal);
            }
        }

    }

}
