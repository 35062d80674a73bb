package io.memlink.cluster.routing;

import java.util.Map;

import io.memlink.error.MemlinkException;

/**
 * The outcome of a {@link BulkOperation}: a key in neither map yielded nothing.
 * Immutable.
 *
 * @param values what the operations yielded, by key
 * @param failures why they failed, by key
 * @param <T> the type of what each operation yields
 */
public record BulkOutcome<T>(Map<String, T> values, Map<String, MemlinkException> failures) {
}
