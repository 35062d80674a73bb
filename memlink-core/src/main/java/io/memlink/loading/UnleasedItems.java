package io.memlink.loading;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;

import io.memlink.cluster.routing.Router;
import io.memlink.cluster.routing.Router.Turn;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkServerException.Reason;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Done;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * Operations that depend on whether there is an item, and for which the empty item that
 * marks a lease is none. Safe for use by many threads.
 * <p>
 * The server does not know the difference, so it has to be looked at. A look is a read
 * without the value, whose CAS token makes what follows depend on what was seen: <pre>
 * append, prepend, replace   look, then change what was seen
 * add                        add; where there is an item look, and store over a lease
 * compareAndSet              compare; where it is another item look
 * increment, decrement       count; where it is no number look, and store over a lease
 * touch, getAndTouch         touch; where it was a lease, give it back its time to live
 * </pre> What was changed by others in between is looked at again. Operations that change
 * what they saw take the {@linkplain Router#inTurn turn} of their key. Counting does not,
 * so that many counts can be in progress: only where it stores over a lease may it come
 * after a later operation.
 */
public final class UnleasedItems {

    private final Router router;

    /**
     * Makes the operations of a client.
     * @param router sends the requests
     */
    @SuppressWarnings("exports") // for the client of this module
    public UnleasedItems(Router router) {
        this.router = router;
    }

    /** Returns whether a lease is all there is. */
    private static boolean isLease(Hit hit) {
        byte[] value = hit.value();
        return hit.isPlaceholder() && ((value != null) ? value.length : hit.size()) == 0;
    }

    private static MetaGet look(Key key) {
        return MetaGet.builder(key).size().clientFlags().casToken().build();
    }

    /**
     * Stores or extends where there is an item.
     * @param key the key
     * @param change what to do with it
     * @return whether there was one
     */
    public CompletableFuture<Boolean> change(Key key, MetaSet.Builder change) {
        return this.router.inTurn(key, (turn) -> change(turn, key, change));
    }

    private CompletableFuture<Boolean> change(Turn turn, Key key, MetaSet.Builder change) {
        return turn.send(look(key)).thenCompose((seen) -> {
            if (!(seen instanceof Hit hit) || isLease(hit)) {
                return CompletableFuture.completedFuture(Boolean.FALSE);
            }
            return turn.send(comparing(change, hit).build())
                .thenCompose((reply) -> (reply instanceof Done) ? CompletableFuture.completedFuture(Boolean.TRUE)
                        : again(turn, () -> change(turn, key, change)));
        });
    }

    /** A server without CAS tokens compares nothing. */
    private static MetaSet.Builder comparing(MetaSet.Builder set, Hit hit) {
        return (hit.casToken() != 0) ? set.compareCas(hit.casToken()) : set;
    }

    private static <T> CompletableFuture<T> again(Turn turn, Supplier<CompletableFuture<T>> step) {
        return turn.isOver() ? CompletableFuture.failedFuture(changesTooOften()) : step.get();
    }

    private static MemlinkTimeoutException changesTooOften() {
        return new MemlinkTimeoutException(Outcome.NOT_SENT,
                "item: timed out, since others changed it each time after it was looked at");
    }

    /**
     * Stores where there is no item.
     * @param key the key
     * @param value the value
     * @param expiration when it expires
     * @return whether there was none
     */
    public CompletableFuture<Boolean> add(Key key, EncodedValue value, Expiration expiration) {
        return this.router.inTurn(key, (turn) -> add(turn, key, value, expiration));
    }

    private CompletableFuture<Boolean> add(Turn turn, Key key, EncodedValue value, Expiration expiration) {
        MetaSet add = set(key, value, expiration).mode(MetaSet.Mode.ADD).build();
        return turn.send(add).thenCompose((reply) -> {
            if (reply instanceof Done) {
                return CompletableFuture.completedFuture(Boolean.TRUE);
            }
            return turn.send(look(key)).thenCompose((seen) -> {
                if (seen instanceof Hit hit && !isLease(hit)) {
                    return turnGivenBack(turn, key, hit).thenApply((nothing) -> Boolean.FALSE);
                }
                if (seen instanceof Hit lease) {
                    return turn.send(comparing(set(key, value, expiration), lease).build())
                        .thenCompose(
                                (stored) -> (stored instanceof Done) ? CompletableFuture.completedFuture(Boolean.TRUE)
                                        : again(turn, () -> add(turn, key, value, expiration)));
                }
                return again(turn, () -> add(turn, key, value, expiration));
            });
        });
    }

    private static MetaSet.Builder set(Key key, EncodedValue value, Expiration expiration) {
        return MetaSet.builder(key, value.data()).clientFlags(value.flags()).expiration(expiration);
    }

    /** A look takes the turn to replace a stale value, which others are to have. */
    private CompletableFuture<?> turnGivenBack(Turn turn, Key key, Hit hit) {
        return (hit.stale() && hit.won() && hit.casToken() != 0)
                ? turn.send(MetaDelete.builder(key).compareCas(hit.casToken()).markStale().build())
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Looks at what a comparison found to be another item: a lease is none.
     * @param key the key
     * @param reply the reply to the comparison
     * @return the reply as it would be without the lease
     */
    public CompletableFuture<MetaReply> compared(Key key, MetaReply reply) {
        if (!(reply instanceof Exists)) {
            return CompletableFuture.completedFuture(reply);
        }
        return this.router.inTurn(key,
                (turn) -> turn.send(look(key))
                    .thenCompose((seen) -> (seen instanceof Hit hit && !isLease(hit))
                            ? turnGivenBack(turn, key, hit).thenApply((nothing) -> reply)
                            : CompletableFuture.completedFuture(Miss.INSTANCE)));
    }

    /**
     * Reads with a request that touches; a lease gets back the time to live it had, and
     * its read means a miss.
     * @param touch asks for the size or the value
     * @param meaning what a reply means
     * @param <T> the type of the meaning
     * @return the meaning of the reply
     */
    public <T extends @Nullable Object> CompletableFuture<T> touch(MetaGet.Builder touch,
            Function<MetaReply, T> meaning) {
        MetaGet request = touch.timeToLiveBefore().clientFlags().build();
        return this.router.send(request)
            .thenCompose((reply) -> (reply instanceof Hit hit && isLease(hit))
                    ? restored(request.key(), hit.timeToLive()).thenApply((nothing) -> meaning.apply(Miss.INSTANCE))
                    : CompletableFuture.completedFuture(meaning.apply(reply)));
    }

    /**
     * Gives an item back its time to live. Where it is no lease any more, since it was
     * stored just now, that was wrong, and is undone. Where it cannot be done, nothing
     * must be left that keeps others from loading.
     */
    private CompletableFuture<?> restored(Key key, @Nullable Duration timeToLive) {
        MetaGet restore = MetaGet.builder(key)
            .touch(expiration(timeToLive))
            .timeToLiveBefore()
            .size()
            .clientFlags()
            .build();
        return this.router.send(restore).handle((reply, failure) -> {
            if (failure != null) {
                return this.router.invalidate(key).handle((invalidation, unable) -> null);
            }
            return (reply instanceof Hit hit && !isLease(hit))
                    ? this.router.send(MetaGet.builder(key).touch(expiration(hit.timeToLive())).build())
                        .handle((healed, unable) -> null)
                    : CompletableFuture.completedFuture(null);
        }).thenCompose((ended) -> ended);
    }

    private static Expiration expiration(@Nullable Duration timeToLive) {
        if (timeToLive == null) {
            return Expiration.never();
        }
        return Expiration.after((timeToLive.toSeconds() < 1) ? Duration.ofSeconds(1) : timeToLive);
    }

    /**
     * Counts; on a lease as where there is no number.
     * @param count the request
     * @param initial the number to begin with, and when it expires; {@code null} where a
     * number is to be there
     * @return the number afterwards; {@code null} where there is none
     */
    public CompletableFuture<@Nullable Long> count(MetaArithmetic count, @Nullable Initial initial) {
        return this.router.send(count, UnleasedItems::numberOrNull).handle((number, thrown) -> {
            if (!isNotNumeric(thrown)) {
                return (thrown != null) ? CompletableFuture.<@Nullable Long>failedFuture(thrown)
                        : CompletableFuture.<@Nullable Long>completedFuture(number);
            }
            return this.router.<@Nullable Long>inTurn(count.key(),
                    (turn) -> countOrBegin(turn, count, initial, thrown));
        }).thenCompose(Function.identity());
    }

    private static @Nullable Long numberOrNull(MetaReply reply) {
        return (reply instanceof Done done) ? (Long) done.number() : null;
    }

    private static boolean isNotNumeric(@Nullable Throwable thrown) {
        Throwable failure = (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
        return failure instanceof MemlinkServerException refusal && refusal.reason() == Reason.NOT_NUMERIC;
    }

    private CompletableFuture<@Nullable Long> countOrBegin(Turn turn, MetaArithmetic count, @Nullable Initial initial,
            Throwable refusal) {
        Key key = count.key();
        return turn.send(look(key)).thenCompose((seen) -> {
            if (seen instanceof Hit hit && !isLease(hit)) {
                return turnGivenBack(turn, key, hit).thenCompose((nothing) -> countAgain(turn, count, refusal));
            }
            if (initial == null) {
                return CompletableFuture.completedFuture(null);
            }
            if (seen instanceof Hit lease) {
                return turn.send(comparing(initial.set(key), lease).build())
                    .thenCompose((stored) -> (stored instanceof Done)
                            ? CompletableFuture.<@Nullable Long>completedFuture(initial.number())
                            : again(turn, () -> countOrBegin(turn, count, initial, refusal)));
            }
            return countAgain(turn, count, refusal);
        });
    }

    /** There is another item by now, or none. */
    private static CompletableFuture<@Nullable Long> countAgain(Turn turn, MetaArithmetic count, Throwable refusal) {
        return turn.send(count).handle((reply, failure) -> {
            if (failure != null) {
                throw new CompletionException(isNotNumeric(failure) ? refusal : failure);
            }
            return numberOrNull(reply);
        });
    }

    /**
     * The first value of a counter.
     *
     * @param number unsigned
     * @param expiration when it expires
     */
    public record Initial(long number, Expiration expiration) {

        MetaSet.Builder set(Key key) {
            byte[] digits = Long.toUnsignedString(this.number).getBytes(StandardCharsets.US_ASCII);
            return MetaSet.builder(key, digits).expiration(this.expiration);
        }

    }

}
