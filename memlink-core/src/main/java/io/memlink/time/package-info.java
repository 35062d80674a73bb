/**
 * Clocks and what goes by them: timers, backoff, and how often something is logged. Knows
 * nothing else of this library, and is not exported.
 */
@NullMarked
package io.memlink.time;

import org.jspecify.annotations.NullMarked;
