package io.memlink.cluster.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;

import io.memlink.error.MemlinkOverloadedException;
import io.memlink.link.loop.SyncCaller;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of one operation that stores many. All are checked in the thread of
 * the caller, before the first is sent; what they were encoded to is kept up to a bound,
 * and beyond it made again when it is sent, so that never all of them are in memory
 * twice; but not on an event loop, which has other things to do. The values belong to the
 * caller until the operation has ended.
 *
 * @param <V> the type of the values
 */
public final class EncodedValues<V> {

    /** As much as is pending at some backends. */
    private static final long MAX_KEPT_BYTES = 4 * 1024 * 1024;

    private final Function<? super V, EncodedValue> encoder;

    private final Executor elsewhere;

    private final List<String> names;

    private final List<Key> keys;

    private final List<V> values;

    private final int[] sizes;

    private final @Nullable EncodedValue[] kept;

    /**
     * Checks keys and values, in the order of the map.
     * @param values the values by their keys
     * @param encoder how a value becomes bytes; what it throws is thrown
     * @param elsewhere encodes instead of event loops
     */
    public EncodedValues(Map<String, ? extends V> values, Function<? super V, EncodedValue> encoder,
            Executor elsewhere) {
        this.encoder = encoder;
        this.elsewhere = elsewhere;
        this.names = List.copyOf(values.keySet());
        this.keys = this.names.stream().map(Key::of).toList();
        this.values = new ArrayList<>(values.values());
        this.sizes = new int[this.names.size()];
        this.kept = new @Nullable EncodedValue[this.names.size()];
        long bytes = 0;
        for (int i = 0; i < this.sizes.length; i++) {
            EncodedValue encoded = encoder.apply(this.values.get(i));
            this.sizes[i] = encoded.data().length;
            bytes += encoded.data().length;
            if (bytes <= MAX_KEPT_BYTES) {
                this.kept[i] = encoded;
            }
        }
    }

    /**
     * Returns the names of the keys.
     * @return as they were given
     */
    public List<String> names() {
        return this.names;
    }

    /**
     * Returns the keys.
     * @return in the order of their names
     */
    public List<Key> keys() {
        return this.keys;
    }

    /**
     * Returns about how many bytes the request for a value has.
     * @param index its place
     * @return bytes
     */
    public int bytes(int index) {
        return this.sizes[index] + this.keys.get(index).routingBytes().length;
    }

    /**
     * Gives away what a value is encoded to; asked again, it is encoded again.
     * @param index its place
     * @return its bytes; fails with what the encoder throws, and with a
     * {@link MemlinkOverloadedException} where too many values wait to be encoded
     */
    public CompletableFuture<EncodedValue> take(int index) {
        EncodedValue encoded = this.kept[index];
        this.kept[index] = null;
        if (encoded != null) {
            return CompletableFuture.completedFuture(encoded);
        }
        V value = this.values.get(index);
        if (!SyncCaller.isOnLoop()) {
            return CompletableFuture.completedFuture(this.encoder.apply(value));
        }
        try {
            return CompletableFuture.supplyAsync(() -> this.encoder.apply(value), this.elsewhere);
        }
        catch (RejectedExecutionException ex) {
            return CompletableFuture
                .failedFuture(new MemlinkOverloadedException("too many values wait to be encoded", ex));
        }
    }

}
