/**
 * What the bytes mean: the commands and replies of memcached's meta protocol, keys and
 * expirations. Knows no sockets, servers or threads.
 * <p>
 * Read {@link io.memlink.meta.Key} first, then {@link io.memlink.meta.MetaRequest} and
 * {@link io.memlink.meta.MetaGet}: one file per command, with its flags listed above the
 * class.
 */
@NullMarked
package io.memlink.meta;

import org.jspecify.annotations.NullMarked;
