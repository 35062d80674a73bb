/**
 * Whether a backend can be used: signs of failure, ejection, probes, and the careful
 * return. Knows neither requests nor connections. Not exported.
 * <p>
 * Read {@code NodeHealth} first: it is the state machine.
 */
@NullMarked
package io.memlink.cluster.health;

import org.jspecify.annotations.NullMarked;
