package io.memlink.cluster.journal;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkConnectionException.Reason;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.link.Link;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a delete that a backend is owed and a request for the same key behind
 * it. Both are sent at once, in their order, so that the order of a caller's requests
 * stays; but the reply to the second is believed only after the first was answered.
 * <p>
 * Whatever keeps the delete from being done, the request fails then, although it may have
 * been carried out: the delete was refused; it ended unwritten a moment before the
 * request would have; the connection was lost between them. It makes no difference in
 * which thread or order the two futures are completed. What the request has changed is
 * owed a delete then, since the earlier one may have been done ahead of it by another of
 * those that were sent for it.
 * <p>
 * A plain read does not fail then, but is told as a miss: whatever the backend has by
 * then, the item that it is owed a delete of is none any more. So keys are not out of use
 * for as long as their deletes cannot be done.
 * <p>
 * A delete may turn out to be owed only after a request behind it was sent: its
 * connection was lost, and the request went down the next one before the delete was given
 * up. So a reply that depends on the item is believed only if nothing was owed since.
 * <p>
 * In quarantine an item that is found right behind the delete is told as a miss: it may
 * be the copy that the quarantine is for, having arrived between the two.
 *
 * @param <R> the type of the reply
 * @param <T> the type of its meaning
 */
public final class OwedRequest<R, T extends @Nullable Object> extends CallFuture<T> {

    private final MetaRequest<R> request;

    private final CompletableFuture<R> sent;

    private final boolean doubted;

    private OwedRequest(MetaRequest<R> request, CompletableFuture<R> sent, boolean doubted) {
        this.request = request;
        this.sent = sent;
        this.doubted = doubted;
    }

    /**
     * Sends a request, behind a delete where the backend is owed one of its key.
     * @param unbelieved told of the request before it fails though it was answered, since
     * it leaves as much to be done as if nobody had answered
     */
    public static <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning, Journal journal, JournalDelivery delivery, Link link,
            BiConsumer<? super MetaRequest<?>, MemlinkException> unbelieved) {
        if (request instanceof MetaDelete) {
            return link.send(request, meaning);
        }
        // First, or what is added and delivered between the two would be missed.
        long mark = journal.mark();
        Journal.Entry owed = journal.find(request.key());
        if (owed != null) {
            return send(request, meaning, owed, delivery, link, unbelieved);
        }
        return isIndifferent(request) ? link.send(request, meaning)
                : link.send(request, (reply) -> believed(request, reply, meaning, journal, mark, unbelieved));
    }

    /** Returns whether it makes no difference what became of a delete ahead of it. */
    private static boolean isIndifferent(MetaRequest<?> request) {
        return !RequestEffect.dependsOnItem(request) || (request instanceof MetaSet set && set.isFill());
    }

    @SuppressWarnings("unchecked") // the reply to a MetaGet is a MetaReply
    private static <R, T extends @Nullable Object> T believed(MetaRequest<R> request, R reply,
            Function<? super R, ? extends T> meaning, Journal journal, long mark,
            BiConsumer<? super MetaRequest<?>, MemlinkException> unbelieved) {
        if (!journal.mayOwe(request.key(), mark)) {
            return meaning.apply(reply);
        }
        if (request instanceof MetaGet get && !get.isChanging()) {
            return meaning.apply((R) Miss.INSTANCE);
        }
        MemlinkException failure = new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN,
                "not believed, since a delete that may have been ahead of it is owed", null);
        unbelieved.accept(request, failure);
        throw failure;
    }

    private static <R, T extends @Nullable Object> CompletableFuture<T> send(MetaRequest<R> request,
            Function<? super R, ? extends T> meaning, Journal.Entry owed, JournalDelivery delivery, Link link,
            BiConsumer<? super MetaRequest<?>, MemlinkException> unbelieved) {
        CompletableFuture<?> delete = delivery.send(owed);
        OwedRequest<R, T> exchange = new OwedRequest<>(request, link.send(request), owed.mayArrive());
        exchange.sent.whenComplete((reply, failure) -> {
            if (failure != null) {
                exchange.fail(failure, meaning);
            }
            else {
                delete.whenComplete((deleted, thrown) -> exchange.end(reply, meaning, thrown, unbelieved));
            }
        });
        return exchange;
    }

    private void end(R reply, Function<? super R, ? extends T> meaning, @Nullable Throwable thrown,
            BiConsumer<? super MetaRequest<?>, MemlinkException> unbelieved) {
        MemlinkException undelivered = JournalDelivery.failureOf(thrown);
        if (undelivered != null && RequestEffect.dependsOnItem(this.request)) {
            MemlinkException failure = unbelievable(undelivered);
            unbelieved.accept(this.request, failure);
            fail(failure, meaning);
            return;
        }
        succeed(believable(reply), meaning);
    }

    private void succeed(R reply, Function<? super R, ? extends T> meaning) {
        try {
            complete(meaning.apply(reply));
        }
        catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    @SuppressWarnings("unchecked") // the reply to a MetaGet is a MetaReply
    private void fail(Throwable failure, Function<? super R, ? extends T> meaning) {
        boolean read = this.request instanceof MetaGet get && !get.isChanging();
        if (read && failure instanceof MemlinkException && !(failure instanceof MemlinkClosedException)) {
            succeed((R) Miss.INSTANCE, meaning);
        }
        else {
            completeExceptionally(failure);
        }
    }

    /** The request was carried out, whatever became of the delete. */
    private static MemlinkException unbelievable(MemlinkException undelivered) {
        return (undelivered.outcome() == Outcome.UNKNOWN) ? undelivered
                : new MemlinkConnectionException(Reason.LOST, Outcome.UNKNOWN,
                        "not believed, since the delete ahead of it was not done: " + undelivered.getMessage(),
                        undelivered);
    }

    @SuppressWarnings("unchecked") // the reply to a MetaGet is a MetaReply
    private R believable(R reply) {
        boolean found = this.request instanceof MetaGet && reply instanceof Hit hit && !hit.isPlaceholder();
        return (this.doubted && found) ? (R) Miss.INSTANCE : reply;
    }

    /** Withdraws the request; the delete is owed in any case. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        this.sent.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }

}
