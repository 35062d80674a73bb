/**
 * Loading what is missing: one loader for all callers of all clients, stale values
 * meanwhile, and nothing stored that was loaded before an eviction. Knows no transcoders.
 * <p>
 * Read {@link io.memlink.loading.LoadPolicy} first, then {@code LeasedLoad}, which is one
 * call, and {@code Lease}, the right to store.
 */
@NullMarked
package io.memlink.loading;

import org.jspecify.annotations.NullMarked;
