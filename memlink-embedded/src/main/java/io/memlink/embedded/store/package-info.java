/**
 * What a memcached remembers: items, their expiry, their CAS ids, their stale and win
 * marks, and who is evicted first. Knows no wire format and no sockets. Everything here
 * is confined to one thread, which is why nothing is locked. Read
 * {@link io.memlink.embedded.store.Store} first, then
 * {@link io.memlink.embedded.store.Item}.
 */
@NullMarked
package io.memlink.embedded.store;

import org.jspecify.annotations.NullMarked;
