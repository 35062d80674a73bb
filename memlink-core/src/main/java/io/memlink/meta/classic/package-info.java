/**
 * The text commands beside the meta protocol, for greeting and operating servers.
 * <p>
 * Read {@link io.memlink.meta.classic.ServerCommands} first, then
 * {@link io.memlink.meta.classic.MemcachedProtocol}.
 */
@NullMarked
package io.memlink.meta.classic;

import org.jspecify.annotations.NullMarked;
