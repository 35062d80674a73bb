package io.memlink.loading;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.memlink.error.MemlinkDecodingException;
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
 * read -+- hit ---------------------------------------------&gt; HIT, or STALE
 *       +- won --- load -+- stored if the lease still holds -&gt; LOADED
 *       |                +- failed: lease given back --------&gt; failure, or STALE
 *       +- won, but the value is good: hit, and a load behind the scenes
 *       +- lost -+- out of date value, if it may be used ----&gt; STALE
 *       |        +- a load in this client: joined -----------&gt; AWAITED
 *       |        +- wait, and read again, up to the longest wait
 *       |        +- load, not stored ------------------------&gt; LOADED
 *       +- failed: load, not stored; others join it ---------&gt; LOADED
 * </pre>
 *
 * A lease is the CAS token of the empty item that the server made for the first reader
 * who missed. Deleting or setting the item takes the lease away: what was loaded before
 * is not stored.
 *
 * @param <V> the type of the value
 */
final class LeasedLoad<V> extends CompletableFuture<Loaded<V>> {

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(10),
            TimeUnit.MILLISECONDS.toNanos(200));

    private final Loads loads;

    private final Key key;

    private final Supplier<? extends CompletionStage<? extends @Nullable V>> loader;

    private final Loads.Coding<V> coding;

    private final LoadPolicy policy;

    private final MetaGet read;

    private Duration waited = Duration.ZERO;

    private int waits;

    LeasedLoad(Loads loads, Key key, Supplier<? extends CompletionStage<? extends @Nullable V>> loader,
            Loads.Coding<V> coding, LoadPolicy policy) {
        this.loads = loads;
        this.key = key;
        this.loader = loader;
        this.coding = coding;
        this.policy = policy;
        this.read = loads.read(key, policy);
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
        try {
            if (reply instanceof Hit hit) {
                found(hit);
            }
            else {
                // The server had no room for a lease.
                loadAlone(null, null);
            }
        }
        catch (Throwable ex) {
            completeExceptionally(ex);
        }
    }

    private void found(Hit hit) {
        if (hit.isPlaceholder()) {
            missed(hit, null);
            return;
        }
        V value;
        try {
            value = this.coding.decoder().apply(hit.encodedValue());
        }
        catch (RuntimeException ex) {
            // As good as a miss, to be overwritten.
            this.loads.rules().missed(hit.encodedValue(), ex);
            loadWith(Lease.overwriting(this.loads, this.key, hit), null);
            return;
        }
        boolean stale = this.policy.isStale(hit.timeToLive());
        if (hit.stale()) {
            missed(hit, value);
        }
        else {
            Source source = this.waited.isZero() ? Source.HIT : Source.AWAITED;
            complete(new Loaded<>(value, stale ? Source.STALE : source, null));
            if (hit.won()) {
                refresh(Lease.refreshing(this.loads, this.key, hit, stale));
            }
        }
    }

    /** Nobody waits for what is loaded, and the loader may block. */
    private void refresh(Lease lease) {
        try {
            this.loads.background().execute(() -> loadWith(lease, null));
        }
        catch (RejectedExecutionException ex) {
            lease.giveBack();
        }
    }

    private void missed(Hit hit, @Nullable V stale) {
        if (hit.won()) {
            loadWith(Lease.of(this.loads, this.key, hit), stale);
        }
        else if (stale != null && this.policy.whenLost() == WhenLost.STALE) {
            complete(new Loaded<>(stale, Source.STALE, null));
        }
        else if (this.policy.whenLost() == WhenLost.LOAD) {
            loadAlone(null, null);
        }
        else {
            await(stale);
        }
    }

    private void await(@Nullable V stale) {
        CompletableFuture<@Nullable EncodedValue> flight = this.loads.flights().current(this.key);
        if (flight != null) {
            join(flight, stale, null);
        }
        else if (this.waited.compareTo(this.policy.maxWait()) < 0) {
            Duration wait = Duration.ofNanos(BACKOFF.delayNanos(++this.waits, 1));
            this.waited = this.waited.plus(wait);
            this.loads.readAfter(this, wait);
        }
        else {
            // Those of this client who have waited in vain as well join it.
            loadAlone(this.loads.flights().begin(this.key), null);
        }
    }

    private void join(CompletableFuture<@Nullable EncodedValue> flight, @Nullable V stale,
            @Nullable Throwable trouble) {
        flight.whenComplete((encoded, failure) -> {
            if (failure != null) {
                failed(failure, stale);
                return;
            }
            try {
                V value = (encoded != null) ? this.coding.decoder().apply(encoded) : null;
                complete(new Loaded<>(value, Source.AWAITED, trouble));
            }
            catch (Throwable ex) {
                loadAlone(null, new MemlinkDecodingException("value cannot be decoded", ex));
            }
        });
    }

    /** The cache cannot be asked. */
    void unavailable(Throwable failure) {
        if (this.policy.throwOnFailure()) {
            completeExceptionally(failure);
            return;
        }
        CompletableFuture<@Nullable EncodedValue> flight = this.loads.flights().current(this.key);
        if (flight != null) {
            join(flight, null, failure);
        }
        else {
            loadAlone(this.loads.flights().begin(this.key), failure);
        }
    }

    /** Loads what will not be stored. */
    private void loadAlone(@Nullable CompletableFuture<@Nullable EncodedValue> flight, @Nullable Throwable trouble) {
        load(Lease.NONE, (flight != null) ? flight : new CompletableFuture<>(), null, trouble);
    }

    private void loadWith(Lease lease, @Nullable V stale) {
        load(lease, this.loads.flights().begin(this.key), stale, null);
    }

    private void load(Lease lease, CompletableFuture<@Nullable EncodedValue> flight, @Nullable V stale,
            @Nullable Throwable trouble) {
        callLoader().whenComplete((value, failure) -> {
            if (failure != null) {
                lease.giveBack();
                flight.completeExceptionally(unwrap(failure));
                failed(unwrap(failure), stale);
            }
            else {
                loaded(value, lease, flight, trouble);
            }
        });
    }

    private CompletionStage<? extends @Nullable V> callLoader() {
        try {
            return Objects.requireNonNull(this.loader.get(), "future of the loader");
        }
        catch (Throwable ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    private void loaded(@Nullable V value, Lease lease, CompletableFuture<@Nullable EncodedValue> flight,
            @Nullable Throwable trouble) {
        EncodedValue encoded = null;
        Throwable unusable = null;
        try {
            encoded = (value != null) ? this.coding.encoder().apply(value) : null;
            lease.store(encoded, this.policy);
        }
        catch (Throwable ex) {
            unusable = ex;
            lease.giveBack();
        }
        if (value != null && encoded == null) {
            flight.completeExceptionally(Objects.requireNonNull(unusable));
        }
        else {
            flight.complete(encoded);
        }
        complete(new Loaded<>(value, Source.LOADED, (trouble != null) ? trouble : unusable));
    }

    private void failed(Throwable failure, @Nullable V stale) {
        if (stale != null && this.policy.staleOnError()) {
            complete(new Loaded<>(stale, Source.STALE, failure));
        }
        else {
            completeExceptionally(failure);
        }
    }

    private static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

}
