package io.memlink;

import java.util.Map;
import java.util.Objects;

import io.memlink.error.MemlinkException;

/**
 * The outcome of a read of many keys: a key in neither map was a miss. Immutable.
 *
 * @param hits the values found, by key
 * @param failures why a key could not be read, by key
 * @param <V> the type of the values
 * @since 0.1.0
 */
public record BulkResult<V>(Map<String, V> hits, Map<String, MemlinkException> failures) {

    public BulkResult {
        Objects.requireNonNull(hits, "hits");
        Objects.requireNonNull(failures, "failures");
    }

}
