/**
 * An in-process memcached on a real loopback socket, for development and tests, with
 * faults a test can order. Shares no code with the client, so that it can catch the
 * client's mistakes. Read {@link io.memlink.embedded.EmbeddedMemcached} first, then
 * {@code Connection} and {@link io.memlink.embedded.command.CommandInterpreter}.
 * <p>
 * Behaves like memcached 1.6.45; where releases differ, in error texts too, the newest
 * decides. Left out on purpose: the binary protocol, TLS, slab classes ({@code slabs},
 * {@code lru}, {@code cache_memlimit}), the crawler and its dumps, {@code watch} and item
 * statistics. Memory is counted in bytes of items, and the least recently used item is
 * evicted first, exactly; a real server evicts within slab classes and segments.
 */
@NullMarked
package io.memlink.embedded;

import org.jspecify.annotations.NullMarked;
