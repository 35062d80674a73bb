package io.memlink.cluster.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.Request;
import io.memlink.meta.Hits;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaReply.NotStored;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import io.memlink.time.ManualTimers;
import org.jspecify.annotations.Nullable;

/**
 * A backend with one item and one connection, on which nothing happens by itself: each
 * step of each request is an event that a test chooses.
 */
final class ModelBackend implements Link {

    static final Key KEY = Key.of("key");

    private final ManualTimers timers = new ManualTimers();

    private final Journal journal = new Journal();

    private JournalDelivery delivery = new JournalDelivery(this.journal, this.timers, this, () -> true);

    /** What was sent and has not been answered, oldest first. */
    private final Deque<Exchange<?, ?>> sent = new ArrayDeque<>();

    /** Sets of connections that were lost, which may arrive yet. */
    private final List<Copy> copies = new ArrayList<>();

    private @Nullable String item;

    ModelBackend(String item) {
        this.item = item;
        this.delivery.begin();
    }

    private record Exchange<R, T>(Request<R> request, Function<? super R, ? extends T> meaning,
            CompletableFuture<T> future) {

        @SuppressWarnings("unchecked")
        void answer(MetaReply reply) {
            try {
                this.future.complete(this.meaning.apply((R) reply));
            }
            catch (MemlinkException ex) {
                this.future.completeExceptionally(ex);
            }
        }

    }

    private static final class Copy {

        private final MetaSet set;

        /** Whether a delete was answered after the connection was lost. */
        private boolean deleted;

        Copy(MetaSet set) {
            this.set = set;
        }

    }

    /** Something that may happen next. */
    enum Event {

        ANSWERED, REFUSED, CARRIED_OUT_AND_REFUSED, EXPIRED_UNWRITTEN, EXPIRED, LOST, COPY_ARRIVES, TIME_PASSES,
        REPLACED

    }

    /** Sends as a node does. */
    CompletableFuture<MetaReply> send(MetaRequest<MetaReply> request) {
        return OwedRequest.send(request, Function.identity(), this.journal, this.delivery, this,
                (unbelieved, failure) -> owe(unbelieved, failure, true));
    }

    @Override
    public <R, T> CompletableFuture<T> send(Request<R> request, Function<? super R, ? extends T> meaning) {
        Exchange<R, T> exchange = new Exchange<>(request, meaning, new CompletableFuture<>());
        this.sent.add(exchange);
        return exchange.future();
    }

    /** The model's sets store their own size, so that they can be told apart. */
    static String valueOf(MetaSet set) {
        return "v" + set.encodedBytes();
    }

    List<Event> possible() {
        List<Event> possible = new ArrayList<>();
        Exchange<?, ?> oldest = this.sent.peek();
        if (oldest != null) {
            possible.addAll(List.of(Event.ANSWERED, Event.REFUSED, Event.EXPIRED_UNWRITTEN, Event.LOST));
            if (!oldest.future().isDone()) {
                possible.add(Event.EXPIRED);
            }
            if (oldest.request() instanceof MetaSet) {
                possible.add(Event.CARRIED_OUT_AND_REFUSED);
            }
        }
        if (!this.copies.isEmpty()) {
            possible.add(Event.COPY_ARRIVES);
        }
        if (this.journal.depth() > 0) {
            possible.addAll(List.of(Event.TIME_PASSES, Event.REPLACED));
        }
        return possible;
    }

    void happen(Event event) {
        switch (event) {
            case ANSWERED -> answer(this.sent.remove());
            case REFUSED -> fail(this.sent.remove(), refusal(), true);
            case CARRIED_OUT_AND_REFUSED -> {
                Exchange<?, ?> refused = this.sent.remove();
                carryOut(refused);
                fail(refused, refusal(), true);
            }
            case EXPIRED_UNWRITTEN ->
                fail(this.sent.remove(), new MemlinkTimeoutException(Outcome.NOT_SENT, ""), false);
            case EXPIRED -> fail(this.sent.element(), new MemlinkTimeoutException(Outcome.UNKNOWN, ""), true);
            case LOST -> lose();
            case COPY_ARRIVES -> store(this.copies.remove(0).set);
            case TIME_PASSES -> {
                this.copies.removeIf((copy) -> copy.deleted);
                this.timers.advance(Duration.ofNanos(Journal.QUARANTINE_NANOS));
            }
            case REPLACED -> {
                this.delivery.end();
                this.delivery = new JournalDelivery(this.journal, this.timers, this, () -> true);
                this.delivery.begin();
            }
        }
        this.timers.millis(0);
    }

    private static MemlinkException refusal() {
        return new MemlinkServerException(MemlinkServerException.Reason.SERVER_FAILURE, Outcome.UNKNOWN, "");
    }

    private void answer(Exchange<?, ?> exchange) {
        exchange.answer(carryOut(exchange));
    }

    private MetaReply carryOut(Exchange<?, ?> exchange) {
        if (exchange.request() instanceof MetaSet set) {
            return store(set);
        }
        String before = this.item;
        if (exchange.request() instanceof MetaDelete) {
            this.item = null;
            this.copies.forEach((copy) -> copy.deleted = true);
            return (before != null) ? Hits.done() : Miss.INSTANCE;
        }
        return (before != null) ? Hits.of(before) : Miss.INSTANCE;
    }

    private MetaReply store(MetaSet set) {
        if (set.mode() == MetaSet.Mode.ADD && this.item != null) {
            return NotStored.INSTANCE;
        }
        this.item = valueOf(set);
        return Hits.done();
    }

    private void lose() {
        List<Exchange<?, ?>> lost = new ArrayList<>(this.sent);
        this.sent.clear();
        for (Exchange<?, ?> exchange : lost) {
            if (exchange.request() instanceof MetaSet set) {
                this.copies.add(new Copy(set));
            }
        }
        for (Exchange<?, ?> exchange : lost) {
            fail(exchange, new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN, "", null), true);
        }
    }

    /** Ends a request as its link and its node do. */
    private void fail(Exchange<?, ?> exchange, MemlinkException failure, boolean written) {
        if (!exchange.future().isDone()) {
            if (!this.delivery.isSending(exchange.request())) {
                owe(exchange.request(), failure, written);
            }
            exchange.future().completeExceptionally(failure);
        }
    }

    private void owe(Request<?> request, MemlinkException failure, boolean written) {
        Owed owed = RequestEffect.afterFailure(request, failure, written);
        if (owed != Owed.NOTHING) {
            this.journal.add(KEY, this.timers.nanoTime(), owed == Owed.DELETE_AND_QUARANTINE);
        }
    }

    boolean isQuiet() {
        return this.sent.isEmpty();
    }

    int owed() {
        return this.journal.depth();
    }

}
