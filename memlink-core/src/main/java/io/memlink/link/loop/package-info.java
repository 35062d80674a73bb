/**
 * The event loops of a client: who is one at a moment, their threads and timers, and the
 * watch over them. Knows nothing of connections.
 * <p>
 * Read {@code LoopRoles} first, then {@code DrivenLoop} and {@code SyncCaller}.
 */
@NullMarked
package io.memlink.link.loop;

import org.jspecify.annotations.NullMarked;
