/**
 * What is said when an application starts: properties that have no effect, and caches
 * that nobody uses. Imports the packages beside it and above it, which do not know it.
 * <p>
 * Read
 * {@link io.memlink.spring.boot.autoconfigure.startup.MemlinkStartupAutoConfiguration}
 * first.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.startup;

import org.jspecify.annotations.NullMarked;
