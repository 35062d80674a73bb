/**
 * The names of items: how any object becomes the text of a key, and how that text, the
 * name of a cache and its generation become the name of an item. Asks no server. Its
 * types are public for the package above it, not for applications.
 * <p>
 * Read {@link io.memlink.spring.cache.key.CacheKeys} first.
 */
@NullMarked
package io.memlink.spring.cache.key;

import org.jspecify.annotations.NullMarked;
