/**
 * Invocations of cached methods: what caches have to know of their ends. Knows neither
 * caches nor the client.
 */
@NullMarked
package io.memlink.spring.cache.invocation;

import org.jspecify.annotations.NullMarked;
