/**
 * The text protocol: request lines and payloads in, reply bytes out, one small class for
 * each command. Knows no sockets. Everything here is confined to the thread of the
 * server. Read {@link io.memlink.embedded.command.CommandInterpreter} first, then
 * {@code MetaFlags} and {@code MetaGet}.
 */
@NullMarked
package io.memlink.embedded.command;

import org.jspecify.annotations.NullMarked;
