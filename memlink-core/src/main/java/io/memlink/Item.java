package io.memlink;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A value with what the server knows about it. Immutable.
 *
 * @param value the value
 * @param flags the client flags it was stored with
 * @param casToken what identifies this version of the item, for
 * {@link ValueOperations#compareAndSet}
 * @param timeToLive how long it has to live, in whole seconds; {@code null} where it
 * never expires
 * @param <V> the type of the value
 * @since 0.1.0
 */
public record Item<V>(V value, int flags, long casToken, @Nullable Duration timeToLive) {

    public Item {
        Objects.requireNonNull(value, "value");
    }

}
