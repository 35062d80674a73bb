package io.memlink;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.memlink.cluster.routing.Router;
import io.memlink.error.MemlinkException;
import io.memlink.link.loop.CallFuture;
import io.memlink.meta.Key;
import io.memlink.meta.MetaReply;
import org.jspecify.annotations.Nullable;

/**
 * Reads many keys, and collects what became of each. Safe for use by many threads.
 *
 * @param <V> the type of the values
 */
final class BulkRead<V> implements Router.Results {

    private final String[] names;

    private final Function<MetaReply, @Nullable V> meaning;

    /**
     * By position: a value, a failure, or nothing for a miss. Published by the counter,
     * since nobody reads it before all are there.
     */
    private final @Nullable Object[] outcomes;

    private final AtomicInteger pending;

    private final CompletableFuture<BulkResult<V>> result = new CallFuture<>();

    private BulkRead(String[] names, Function<MetaReply, @Nullable V> meaning) {
        this.names = names;
        this.meaning = meaning;
        this.outcomes = new @Nullable Object[names.length];
        this.pending = new AtomicInteger(names.length);
    }

    /** Reads keys; the function tells what a reply means. */
    static <V> CompletableFuture<BulkResult<V>> of(Collection<String> names, Router router,
            Function<MetaReply, @Nullable V> meaning) {
        BulkRead<V> read = new BulkRead<>(names.toArray(new String[0]), meaning);
        if (read.names.length == 0) {
            read.finish();
            return read.result;
        }
        List<Key> keys = read.keys();
        return router.observed(keys.size(), () -> {
            router.getAll(keys, read);
            return read.result;
        });
    }

    /** All keys are checked before the first is sent. */
    private List<Key> keys() {
        Key[] keys = new Key[this.names.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = Key.of(this.names[i]);
        }
        return List.of(keys);
    }

    @Override
    public void ended(int index, @Nullable MetaReply reply, @Nullable Throwable failure) {
        this.outcomes[index] = (failure != null) ? new Failed(failure) : (reply != null) ? outcome(reply) : null;
        if (this.pending.decrementAndGet() == 0) {
            finish();
        }
    }

    @Override
    public void broken(Throwable failure) {
        this.result.completeExceptionally(failure);
    }

    private @Nullable Object outcome(MetaReply reply) {
        try {
            return this.meaning.apply(reply);
        }
        catch (Throwable ex) {
            return new Failed(ex);
        }
    }

    private void finish() {
        Map<String, V> hits = new LinkedHashMap<>(2 * this.outcomes.length);
        Map<String, MemlinkException> failures = new LinkedHashMap<>();
        for (int i = 0; i < this.outcomes.length; i++) {
            Object outcome = this.outcomes[i];
            if (outcome instanceof Failed failed) {
                if (!(failed.cause() instanceof MemlinkException failure)) {
                    this.result.completeExceptionally(new CompletionException(failed.cause()));
                    return;
                }
                failures.put(this.names[i], failure);
            }
            else if (outcome != null) {
                hits.put(this.names[i], value(outcome));
            }
        }
        // Of a key that was given twice, one read is enough.
        failures.keySet().removeAll(hits.keySet());
        this.result
            .complete(new BulkResult<>(Collections.unmodifiableMap(hits), Collections.unmodifiableMap(failures)));
    }

    /**
     * The failure of a key; values of users may be throwables too.
     *
     * @param cause the failure
     */
    private record Failed(Throwable cause) {
    }

    @SuppressWarnings("unchecked")
    private V value(Object outcome) {
        return (V) outcome;
    }

}
