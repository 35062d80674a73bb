/**
 * A deterministic simulation of clients, servers, network and time, in one thread and
 * from one seed: it looks for a sequence of faults that breaks a promise, and repeats it
 * to the letter.
 * <p>
 * Read {@code Simulation} first, then {@code History}, which knows what must not happen.
 */
@NullMarked
package io.memlink.simulation;

import org.jspecify.annotations.NullMarked;
