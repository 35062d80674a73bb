/**
 * What connections are encrypted with: engines, made of the options of one room further
 * up, and their failures in words. Knows no connection. Read {@code TlsMaterials}, then
 * {@code TlsEngine}.
 */
@NullMarked
package io.memlink.link.tls.engine;

import org.jspecify.annotations.NullMarked;
