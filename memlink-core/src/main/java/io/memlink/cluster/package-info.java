/**
 * Which server: locators, addresses, the pool of each backend and how it is. Does not
 * know what values mean, nor Spring.
 * <p>
 * Read {@link io.memlink.cluster.Router} first.
 */
@NullMarked
package io.memlink.cluster;

import org.jspecify.annotations.NullMarked;
