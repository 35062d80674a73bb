/**
 * Auto-configuration of Memlink: wiring only.
 * <p>
 * Read {@link io.memlink.spring.boot.autoconfigure.MemlinkAutoConfiguration} first, then
 * {@link io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration}.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
