package io.memlink.loading;

/**
 * The state of the loads that nobody waits for: those of values that are out of date, or
 * will be soon. Immutable.
 *
 * @param running how many go on
 * @param queued how many wait for others to end
 * @param refused how many were not begun since the client started, as too many waited
 * @since 0.1.0
 */
public record BackgroundLoadStatus(int running, int queued, long refused) {
}
