package io.memlink;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.memlink.cluster.routing.BulkOutcome;
import io.memlink.error.MemlinkException;

/**
 * The outcome of a change of many keys: a key that is neither done nor has failed had no
 * value to change. Immutable.
 *
 * @param done the keys whose values were changed
 * @param failures why a key could not be changed, or may not have been, by key
 * @since 0.1.0
 */
public record BulkWriteResult(Set<String> done, Map<String, MemlinkException> failures) {

    public BulkWriteResult {
        Objects.requireNonNull(done, "done");
        Objects.requireNonNull(failures, "failures");
    }

    static BulkWriteResult of(BulkOutcome<Boolean> outcome) {
        BulkOutcome<Boolean> expected = outcome.orThrow();
        return new BulkWriteResult(expected.values().keySet(), expected.failures());
    }

}
