/**
 * What keeps the flow of requests within bounds: permits, the gate of a connection, the
 * queue of what was written, and questions that may block. Knows neither sockets nor the
 * content of requests.
 * <p>
 * Read {@code ConnectionGate} first, then {@code BlockingQuestion}.
 */
@NullMarked
package io.memlink.link.flow;

import org.jspecify.annotations.NullMarked;
