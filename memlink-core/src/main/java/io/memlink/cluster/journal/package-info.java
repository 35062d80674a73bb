/**
 * The deletes that a backend is owed. Knows no health: others say when it can be told.
 * Not exported.
 * <p>
 * Read {@code Journal} first, then {@code JournalDelivery}.
 */
@NullMarked
package io.memlink.cluster.journal;

import org.jspecify.annotations.NullMarked;
