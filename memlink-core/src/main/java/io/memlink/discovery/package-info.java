/**
 * How backends are found: by name, by service records, or from a cluster's configuration
 * endpoint. Knows nothing of requests or of the backends in use.
 * <p>
 * Read {@link io.memlink.discovery.Discovery} first. Who asks it, and when, is in the
 * routing room of the cluster.
 */
@NullMarked
package io.memlink.discovery;

import org.jspecify.annotations.NullMarked;
