/**
 * Auto-configuration of the cache manager, and how properties become configurations of
 * caches. Imports the package above it, which does not know it.
 * <p>
 * Read {@link io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration}
 * first.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.cache;

import org.jspecify.annotations.NullMarked;
