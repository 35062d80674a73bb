/**
 * Meters of clients and caches, and observations of requests. The only package of this
 * module that knows Micrometer.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.micrometer;

import org.jspecify.annotations.NullMarked;
