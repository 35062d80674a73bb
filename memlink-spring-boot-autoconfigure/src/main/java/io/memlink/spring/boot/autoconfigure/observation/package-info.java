/**
 * Observation of requests.
 */
@NullMarked
package io.memlink.spring.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
