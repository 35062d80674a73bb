/**
 * The checks of settings: one way to refuse a number, a size or a time, and one form of
 * the message. Knows nothing of what the settings are for. Read {@code Require}.
 */
@NullMarked
package io.memlink.check;

import org.jspecify.annotations.NullMarked;
