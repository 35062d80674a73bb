/**
 * Servers for JUnit tests: the embedded one, and real memcached processes (or containers
 * where there is no binary). Needs JUnit on the class path, and Testcontainers for the
 * containers. Read {@link io.memlink.embedded.junit.MemcachedExtension} and
 * {@link io.memlink.embedded.junit.EmbeddedMemcachedExtension} first, then
 * {@link io.memlink.embedded.junit.MemcachedProcess}.
 */
@NullMarked
package io.memlink.embedded.junit;

import org.jspecify.annotations.NullMarked;
