/**
 * Meters of Memlink's caches.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
