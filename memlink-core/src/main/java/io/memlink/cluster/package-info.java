/**
 * What users see of several backends: their state, who listens to it, how membership is
 * changed, and what stands in for a backend that is down. How it works is in the rooms
 * below, which are not exported.
 * <p>
 * Read {@link io.memlink.cluster.Membership} first, then
 * {@link io.memlink.cluster.BackendStatus}.
 */
@NullMarked
package io.memlink.cluster;

import org.jspecify.annotations.NullMarked;
