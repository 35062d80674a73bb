/**
 * The way to a server: addresses, sockets of each kind, and the race between several
 * addresses of one name. Knows no requests.
 * <p>
 * Read {@link io.memlink.link.Endpoint} first, then {@code Transport}.
 */
@NullMarked
package io.memlink.link.transport;

import org.jspecify.annotations.NullMarked;
