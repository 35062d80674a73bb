/**
 * TLS of connections: options, engines, certificates from files, and what a failure
 * means. Knows no requests.
 * <p>
 * Read {@link io.memlink.link.tls.TlsOptions} first.
 */
@NullMarked
package io.memlink.link.tls;

import org.jspecify.annotations.NullMarked;
