/**
 * Caches whose changes are part of a transaction. Knows caches as Spring does, and
 * nothing of memcached. Read
 * {@link io.memlink.spring.cache.transaction.TransactionalCache} first.
 */
@NullMarked
package io.memlink.spring.cache.transaction;

import org.jspecify.annotations.NullMarked;
