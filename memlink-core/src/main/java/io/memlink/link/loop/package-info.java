/**
 * The event loops of a client: their threads, and the watch over them. Knows nothing of
 * connections.
 * <p>
 * Read {@code LoopThreads} first.
 */
@NullMarked
package io.memlink.link.loop;

import org.jspecify.annotations.NullMarked;
