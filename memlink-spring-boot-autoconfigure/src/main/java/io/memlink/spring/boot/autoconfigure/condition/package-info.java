/**
 * Conditions on the settings of Memlink.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.condition;

import org.jspecify.annotations.NullMarked;
