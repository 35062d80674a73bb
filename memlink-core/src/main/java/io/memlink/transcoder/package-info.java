/**
 * How objects become bytes, beyond plain bytes and text: numbers, JDK serialization,
 * compression, and the layout of two older clients. Stands on top of {@link io.memlink},
 * which does not know it; knows no servers.
 * <p>
 * Read {@link io.memlink.transcoder.ClientFlags} first, then
 * {@link io.memlink.transcoder.ObjectTranscoder} and
 * {@link io.memlink.transcoder.CompressingTranscoder}.
 */
@NullMarked
package io.memlink.transcoder;

import org.jspecify.annotations.NullMarked;
