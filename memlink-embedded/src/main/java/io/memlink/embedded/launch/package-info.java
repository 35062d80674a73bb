/**
 * The program that runs an embedded server on its own: see
 * {@link io.memlink.embedded.launch.EmbeddedMemcachedServer}.
 */
@NullMarked
package io.memlink.embedded.launch;

import org.jspecify.annotations.NullMarked;
