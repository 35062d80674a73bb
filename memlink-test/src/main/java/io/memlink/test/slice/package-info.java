/**
 * Spring tests of what caches: {@link io.memlink.test.slice.MemlinkTest} and the
 * assertions on a cache. Needs Spring Boot's test support.
 */
@NullMarked
package io.memlink.test.slice;

import org.jspecify.annotations.NullMarked;
