package io.memlink.link;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * What is the same for all requests of one kind when they end. Immutable.
 *
 * @param timeoutNanos how long they may take
 * @param listener who is told
 * @param executor where futures are completed; {@code null} for the event loop
 */
record Ending(long timeoutNanos, LinkListener listener, @Nullable Executor executor) {
}
