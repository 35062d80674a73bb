package io.memlink.loading;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.link.loop.CallFuture;
import io.memlink.loading.Flight.Landing;
import io.memlink.loading.LoadPolicy.WhenLost;
import io.memlink.loading.Loaded.Source;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.time.Backoff;
import org.jspecify.annotations.Nullable;

/**
 * One call that reads a value, and sees to it that it is loaded where it is missing. Its
 * steps follow one another, in whatever threads complete them. <pre>
 * read -+- hit -------------------------------------------------&gt; HIT, or STALE
 *       +- won --- load -+- stored if the lease still holds -----&gt; LOADED
 *       |                +- failed: lease given back ------------&gt; failure, or STALE
 *       +- won, but the value is good: hit, and a load behind the scenes
 *       +- lost -+- out of date value, if it may be used --------&gt; STALE
 *       |        +- the load of that very lease, in this client: joined -&gt; AWAITED
 *       |        +- the time of that lease is over: as if won, with its token
 *       |        +- wait, and read again
 *       |        +- either in vain, up to the longest wait: without a lease
 *       +- failed: without a lease
 *
 * without a lease -+- nobody else does: load, not stored --------&gt; LOADED
 *                  +- another caller does: joined ---------------&gt; AWAITED
 *                  +- in vain, up to the longest wait once more -&gt; failure, or STALE
 * </pre>
 *
 * A lease is the CAS token of the empty item that the server made for the first reader
 * who missed. Deleting or setting the item takes the lease away: what was loaded before
 * is not stored. {@link Flights} says which loads may be joined.
 * <p>
 * Whoever waits for others does so twice at most, each time no longer than the longest
 * wait of the policy, and ends with a failure of its own. Only its own loader may keep a
 * call longer than that.
 *
 * @param <V> the type of the value
 */
final class LeasedLoad<V> extends CallFuture<Loaded<V>> {

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(200));

    private final Loads loads;

    private final Key key;

    private final Supplier<? extends CompletionStage<? extends @Nullable V>> loader;

    private final Loads.Coding<V> coding;

    private final LoadPolicy policy;

    private final MetaGet read;

    private final long calledNanos;

    private int reads;

    /** Runs at the end of a load that nobody waits for; {@code null} for others. */
    private @Nullable Runnable unattendedEnd;

    LeasedLoad(Loads loads, Key key, Supplier<? extends CompletionStage<? extends @Nullable V>> loader,
            Loads.Coding<V> coding, LoadPolicy policy) {
        this.loads = loads;
        this.key = key;
        this.loader = loader;
        this.coding = coding;
        this.policy = policy;
        this.read = loads.read(key, policy);
        this.calledNanos = loads.nanoTime();
    }

    /** Begins, or goes on after a wait. */
    void read() {
        this.loads.send(this.read).whenComplete((reply, failure) -> {
            if (failure != null) {
                unavailable(failure);
            }
            else {
                answered(reply);
            }
        });
    }

    /** What a bulk read has found out already. */
    void answered(MetaReply reply) {
        guarded(() -> {
            if (reply instanceof Hit hit) {
                found(hit);
            }
            else {
                // The server had no room for a lease.
                loadAlone(null);
            }
        });
    }

    /** Whatever is thrown on the way ends the call. */
    private void guarded(Runnable step) {
        try {
            step.run();
        }
        catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    private void found(Hit hit) {
        this.reads++;
        if (hit.isPlaceholder()) {
            missed(hit, null);
            return;
        }
        V value;
        try {
            value = this.coding.decoder().apply(hit.encodedValue());
        }
        catch (RuntimeException ex) {
            this.loads.rules().missed(hit.encodedValue(), ex);
            overwrite(hit);
            return;
        }
        boolean stale = this.policy.isStale(hit.timeToLive());
        if (hit.stale()) {
            missed(hit, value);
        }
        else {
            Source source = (this.reads == 1) ? Source.HIT : Source.AWAITED;
            complete(new Loaded<>(value, stale ? Source.STALE : source, null));
            if (hit.won()) {
                refresh(Lease.refreshing(this.loads, this.key, hit));
            }
        }
    }

    /** A value that nobody can decode is as good as a miss. */
    private void overwrite(Hit hit) {
        Flight flight = this.loads.flights().leased(this.key, hit.casToken());
        if (flight != null) {
            join(flight, null, null, remainingNanos());
        }
        else {
            loadWith(Lease.overwriting(this.loads, this.key, hit), null);
        }
    }

    /** Nobody waits for what is loaded, and the loader may block. */
    private void refresh(Lease lease) {
        this.loads.background().submit((end) -> {
            this.unattendedEnd = end;
            loadWith(lease, null);
        }, lease::giveBack);
    }

    private void missed(Hit hit, @Nullable V stale) {
        if (hit.won()) {
            loadWith(Lease.of(this.loads, this.key, hit), stale);
        }
        else if (stale != null && this.policy.whenLost() == WhenLost.STALE) {
            complete(new Loaded<>(stale, Source.STALE, null));
        }
        else if (this.policy.whenLost() == WhenLost.LOAD) {
            loadAlone(null);
        }
        else {
            await(hit, stale);
        }
    }

    private void await(Hit hit, @Nullable V stale) {
        long remaining = remainingNanos();
        if (isLeaseOver(hit)) {
            loadWith(Lease.shared(this.loads, this.key, hit), stale);
        }
        else if (remaining <= 0) {
            loadWithoutLease(null, stale, null);
        }
        else {
            await(hit, stale, remaining);
        }
    }

    /** Whoever has the lease is slow, or gone, and nobody of this client. */
    private boolean isLeaseOver(Hit hit) {
        return hit.isPlaceholder() && this.policy.isLeaseOver(hit.timeToLive())
                && this.loads.flights().leased(this.key, hit.casToken()) == null;
    }

    private void await(Hit hit, @Nullable V stale, long remaining) {
        Flight flight = this.loads.flights().leased(this.key, hit.casToken());
        if (flight != null) {
            join(flight, stale, null, remaining);
        }
        else {
            long wait = Math.min(BACKOFF.delayNanos(this.reads, 1), remaining);
            this.loads.await(new Wait((ended) -> read()), wait);
        }
    }

    private long remainingNanos() {
        return this.calledNanos + this.policy.maxWaitNanos() - this.loads.nanoTime();
    }

    /** Waits for a load of another caller, which may end in vain. */
    private void join(Flight flight, @Nullable V stale, @Nullable Throwable trouble, long waitNanos) {
        Wait wait = new Wait((landing) -> {
            if (landing != null) {
                guarded(() -> landed(landing, stale, trouble));
            }
            else {
                guarded(() -> waitedInVain(flight, stale, trouble));
            }
        });
        wait.on(flight);
        if (!wait.hasEnded()) {
            this.loads.await(wait, waitNanos);
        }
    }

    private void landed(Landing landing, @Nullable V stale, @Nullable Throwable trouble) {
        Throwable failure = landing.failure();
        if (failure != null) {
            // Each caller has an exception of its own: they add to it, and log it.
            failed(new CompletionException("Load by another caller failed: " + failure, failure), stale);
            return;
        }
        EncodedValue encoded = landing.value();
        V value;
        try {
            value = (encoded != null) ? this.coding.decoder().apply(encoded) : null;
        }
        catch (Throwable ex) {
            loadAlone(new MemlinkDecodingException("value cannot be decoded", ex));
            return;
        }
        complete(new Loaded<>(value, Source.AWAITED, trouble));
    }

    private void waitedInVain(Flight flight, @Nullable V stale, @Nullable Throwable trouble) {
        if (flight.token() != Flight.NO_TOKEN) {
            loadWithoutLease(flight, stale, trouble);
            return;
        }
        failed(this.loads.isClosed()
                ? new MemlinkClosedException(Outcome.NOT_SENT,
                        "value: the client was closed while another caller loaded it", null)
                : new MemlinkTimeoutException(Outcome.NOT_SENT, "value: another caller is still loading it after "
                        + this.policy.maxWait() + ", the longest wait"),
                stale);
    }

    /** The cache cannot be asked. */
    void unavailable(Throwable failure) {
        guarded(() -> {
            if (this.policy.throwOnFailure()) {
                completeExceptionally(failure);
            }
            else {
                loadWithoutLease(null, null, failure);
            }
        });
    }

    /**
     * One caller of this client loads what will not be stored, and the others join it.
     */
    private void loadWithoutLease(@Nullable Flight vain, @Nullable V stale, @Nullable Throwable trouble) {
        long wait = this.policy.maxWaitNanos();
        if (wait == 0) {
            loadAlone(trouble);
            return;
        }
        Flight flight = this.loads.flights()
            .unstored(this.key, this.calledNanos, this.loads.nanoTime(), trouble != null, vain);
        if (flight.lead()) {
            load(Lease.NONE, flight, stale, trouble);
        }
        else {
            join(flight, stale, trouble, wait);
        }
    }

    /** Loads what will be neither stored nor joined. */
    private void loadAlone(@Nullable Throwable trouble) {
        load(Lease.NONE, new Flight(Flight.NO_TOKEN, this.loads.nanoTime(), false), null, trouble);
    }

    private void loadWith(Lease lease, @Nullable V stale) {
        load(lease, this.loads.flights().lease(this.key, lease.token(), this.loads.nanoTime()), stale, null);
    }

    private void load(Lease lease, Flight flight, @Nullable V stale, @Nullable Throwable trouble) {
        Loader.call(this.loader, (value, failure) -> {
            if (failure != null) {
                try {
                    lease.giveBack();
                }
                finally {
                    flight.end(null, failure);
                    failed(failure, stale);
                }
            }
            else {
                loaded(value, lease, flight, trouble);
            }
        });
    }

    private void loaded(@Nullable V value, Lease lease, Flight flight, @Nullable Throwable trouble) {
        EncodedValue encoded = null;
        CompletableFuture<@Nullable Throwable> stored;
        try {
            encoded = (value != null) ? this.coding.encoder().apply(value) : null;
            stored = lease.store(encoded, this.policy);
        }
        catch (Throwable ex) {
            stored = CompletableFuture.completedFuture(ex);
            lease.giveBack();
            if (encoded == null) {
                flight.end(null, ex);
            }
        }
        finally {
            flight.end(encoded, null);
        }
        stored.thenAccept((refusal) -> {
            if (this.unattendedEnd != null) {
                endUnattended(this.unattendedEnd, refusal);
            }
            complete(new Loaded<>(value, Source.LOADED, (trouble != null) ? trouble : refusal));
        });
    }

    private void endUnattended(Runnable end, @Nullable Throwable failure) {
        end.run();
        if (failure != null) {
            this.loads.logUnattended(this.key, failure);
        }
    }

    private void failed(Throwable failure, @Nullable V stale) {
        if (this.unattendedEnd != null) {
            endUnattended(this.unattendedEnd, failure);
        }
        if (stale != null && this.policy.staleOnError()) {
            complete(new Loaded<>(stale, Source.STALE, failure));
        }
        else {
            completeExceptionally(failure);
        }
    }

}
