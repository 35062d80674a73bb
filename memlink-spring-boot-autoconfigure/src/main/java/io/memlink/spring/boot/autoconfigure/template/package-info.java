/**
 * Auto-configuration of the template, and how properties become transcoders. Imports the
 * package above it, which does not know it.
 * <p>
 * Read
 * {@link io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration}
 * first.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.template;

import org.jspecify.annotations.NullMarked;
