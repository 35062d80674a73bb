/**
 * The commands for those who run a server: statistics, dumps, limits and the end. None of
 * them is on the way of a client's ordinary requests. Read
 * {@link io.memlink.embedded.admin.AdminCommands} first.
 */
@NullMarked
package io.memlink.embedded.admin;

import org.jspecify.annotations.NullMarked;
