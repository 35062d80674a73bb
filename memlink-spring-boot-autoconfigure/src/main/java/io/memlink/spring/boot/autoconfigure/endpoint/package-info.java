/**
 * Actuator endpoints: one that tells how the clients are, and one, off by default, that
 * steers them.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
