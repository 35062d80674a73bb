/**
 * Lines of the protocol, byte by byte: replies, errors, opaques, and what versions know.
 * Knows no commands. Not exported.
 */
@NullMarked
package io.memlink.meta.wire;

import org.jspecify.annotations.NullMarked;
