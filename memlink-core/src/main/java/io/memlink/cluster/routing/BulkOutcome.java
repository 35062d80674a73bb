package io.memlink.cluster.routing;

import java.util.Map;
import java.util.concurrent.CompletionException;

import io.memlink.error.MemlinkException;

/**
 * The outcome of a {@link BulkOperation}: a key in none of the maps yielded nothing.
 * Immutable.
 *
 * @param values what the operations yielded, by key
 * @param failures why they failed, by key
 * @param unexpected what observers, transcoders or other code of users threw, by key
 * @param <T> the type of what each operation yields
 */
public record BulkOutcome<T>(Map<String, T> values, Map<String, MemlinkException> failures,
        Map<String, Throwable> unexpected) {

    /**
     * Creates an outcome in which no code of users has thrown anything.
     * @param values what the operations yielded, by key
     * @param failures why they failed, by key
     */
    public BulkOutcome(Map<String, T> values, Map<String, MemlinkException> failures) {
        this(values, failures, Map.of());
    }

    /**
     * Returns this outcome, unless code of users has thrown something.
     * @return this outcome
     * @throws CompletionException with what it threw as its cause
     */
    public BulkOutcome<T> orThrow() {
        if (!this.unexpected.isEmpty()) {
            throw new CompletionException(this.unexpected.values().iterator().next());
        }
        return this;
    }

}
