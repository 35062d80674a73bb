/**
 * Options of encryption: who is trusted, and certificates from files and stores. What
 * connections are encrypted with is made of them elsewhere. Knows no Netty.
 * <p>
 * Read {@link io.memlink.link.tls.TlsOptions} first.
 */
@NullMarked
package io.memlink.link.tls;

import org.jspecify.annotations.NullMarked;
