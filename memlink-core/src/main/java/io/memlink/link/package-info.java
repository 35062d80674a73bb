/**
 * How bytes travel: ordered requests over pooled, pipelined connections, with deadlines,
 * bounds, TLS and reconnecting. Knows nothing of memcached, keys or hashing; any protocol
 * whose replies come in the order of its requests can be spoken through it.
 * <p>
 * Read {@link io.memlink.link.Request} and {@link io.memlink.link.Link} first: a request
 * writes itself and reads its own reply, a link is what it is sent down. Then
 * {@code Connection}, where the two meet, and {@link io.memlink.link.ConnectionPool}.
 */
@NullMarked
package io.memlink.link;

import org.jspecify.annotations.NullMarked;
