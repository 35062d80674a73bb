package io.memlink.cluster.routing;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.memlink.cluster.ClusterListener.Settlement;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.journal.Journal;
import io.memlink.cluster.journal.JournalDelivery;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.Request;
import io.memlink.meta.classic.ServerCommands;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;

/**
 * The settlement with a backend of what it missed, before it is used again. Used once;
 * confined to the timers of its cluster. Ends in any case, whatever fails.
 * <p>
 * What is older than the server needs not be told, since its memory was empty then. Its
 * age is told by its uptime, and by its clock beside ours, since the uptime of a server
 * that has just stood still is late; the older one counts. A warm restart, which keeps
 * the items, keeps the age too; the process number would not tell.
 */
final class JournalSettlement {

    /** Servers count seconds, and two of them before they have started. */
    private static final long MARGIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final long MAX_AGE_SECONDS = TimeUnit.DAYS.toSeconds(1000);

    private static final long UNKNOWN_NANOS = TimeUnit.DAYS.toNanos(1000);

    private final Node node;

    private final Journal journal;

    private final JournalOverflow overflow;

    private final Timers timers;

    private final ClusterEvents events;

    private final int keys;

    /** The machine that is told, and what had been lost when that began. */
    private final int epoch;

    private final long lostBefore;

    JournalSettlement(Node node, JournalOverflow overflow, Timers timers, ClusterEvents events) {
        this.node = node;
        this.journal = node.journal();
        this.overflow = overflow;
        this.timers = timers;
        this.events = events;
        this.keys = this.journal.depth();
        this.epoch = this.journal.epoch();
        this.lostBefore = this.journal.lost();
    }

    void begin(Consumer<@Nullable MemlinkException> done) {
        if (this.node.isRetired() || (this.keys == 0 && !this.journal.isOverflowed())) {
            done.accept(null);
            return;
        }
        ask(ServerCommands.stats(), done, (stats, failure) -> {
            if (failure == null || failure instanceof MemlinkServerException) {
                settle((stats != null) ? stats : Map.of(), done);
            }
            else {
                done.accept(failure);
            }
        });
    }

    /** Asks the server, and goes on with its answer, or ends. */
    private <R> void ask(Request<R> request, Consumer<@Nullable MemlinkException> done,
            BiConsumer<@Nullable R, @Nullable MemlinkException> next) {
        this.node.sendAnyway(request).whenComplete((reply, thrown) -> this.timers.execute(() -> {
            try {
                next.accept(reply, JournalDelivery.failureOf(thrown));
            }
            catch (Throwable ex) {
                done.accept(JournalDelivery.failureOf(ex));
            }
        }));
    }

    private void settle(Map<String, String> stats, Consumer<@Nullable MemlinkException> done) {
        boolean overflowed = this.journal.isOverflowed();
        long now = this.timers.nanoTime();
        this.journal.emptied(this.epoch, now - ageNanos(stats) - MARGIN_NANOS, now);
        if (this.journal.due(now) == 0 && !overflowed) {
            end(Settlement.RESTARTED, null, done);
        }
        else if (overflowed && this.overflow == JournalOverflow.FLUSH) {
            flush(done);
        }
        else {
            this.node.delivery().deliver((failure) -> end(Settlement.DELIVERED, failure, done));
        }
    }

    /** Returns the age of the server; as old as can be where that is not known. */
    private long ageNanos(Map<String, String> stats) {
        boolean proxy = stats.keySet().stream().anyMatch((name) -> name.startsWith("proxy"));
        try {
            long uptime = Long.parseLong(stats.getOrDefault("uptime", ""));
            long started = Long.parseLong(stats.getOrDefault("time", "")) - uptime;
            long age = Math.max(uptime, this.timers.now().getEpochSecond() - started);
            return proxy ? UNKNOWN_NANOS : TimeUnit.SECONDS.toNanos(Math.min(age, MAX_AGE_SECONDS));
        }
        catch (NumberFormatException ex) {
            return UNKNOWN_NANOS;
        }
    }

    private void flush(Consumer<@Nullable MemlinkException> done) {
        long now = this.timers.nanoTime();
        ask(ServerCommands.flushAll(), done, (reply, failure) -> {
            if (failure == null) {
                this.journal.emptied(this.epoch, now, this.timers.nanoTime());
            }
            end(Settlement.FLUSHED, failure, done);
        });
    }

    private void end(Settlement settlement, @Nullable MemlinkException failure,
            Consumer<@Nullable MemlinkException> done) {
        // Behind a proxy some keys may have to wait longer; they are not read before they
        // were delivered, and must not keep out the rest. All must have been dropped.
        boolean told = failure == null
                || (settlement == Settlement.DELIVERED && failure instanceof MemlinkServerException);
        if (!told) {
            done.accept(failure);
            return;
        }
        boolean all = this.journal.clearOverflow(this.epoch, this.lostBefore) || !this.journal.isOverflowed();
        this.events.tell((listener) -> listener.journalSettled(this.node.address(), settlement, this.keys));
        if (all) {
            done.accept(null);
        }
        else {
            new JournalSettlement(this.node, this.overflow, this.timers, this.events).begin(done);
        }
    }

}
