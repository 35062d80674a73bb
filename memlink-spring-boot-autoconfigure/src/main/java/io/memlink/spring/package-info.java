/**
 * Memlink in Spring's idiom: the template, and how objects become bytes. Knows nothing of
 * Spring Boot.
 * <p>
 * Read {@link io.memlink.spring.MemlinkTemplate} first.
 */
@NullMarked
package io.memlink.spring;

import org.jspecify.annotations.NullMarked;
