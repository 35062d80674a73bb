/**
 * Servers for tests: an embedded memcached and real ones, as processes or in containers,
 * started and stopped by JUnit extensions. Knows no client.
 * <p>
 * Read {@link io.memlink.test.EmbeddedMemcachedTest} and
 * {@link io.memlink.test.MemcachedTest} first.
 */
@NullMarked
package io.memlink.test;

import org.jspecify.annotations.NullMarked;
