/**
 * Spring's cache abstraction on Memlink. Knows nothing of Spring Boot.
 * <p>
 * Read {@link io.memlink.spring.cache.MemlinkCache} first, then {@code CacheKeys} (how
 * any object becomes a key) and {@code Generation} (how a cache is cleared at once).
 */
@NullMarked
package io.memlink.spring.cache;

import org.jspecify.annotations.NullMarked;
