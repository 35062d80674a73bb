/**
 * The binary protocol, for clients that speak no other: request heads in, reply bytes
 * out. Does to the items what the text commands do. Knows no sockets. Everything here is
 * confined to the thread of the server. Read
 * {@link io.memlink.embedded.binary.BinaryInterpreter} first.
 */
@NullMarked
package io.memlink.embedded.binary;

import org.jspecify.annotations.NullMarked;
