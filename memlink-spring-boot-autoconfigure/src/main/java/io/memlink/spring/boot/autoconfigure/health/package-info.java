/**
 * Health of Memlink's backends.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
