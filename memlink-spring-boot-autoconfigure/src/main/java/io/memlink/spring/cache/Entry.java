package io.memlink.spring.cache;

import io.memlink.EncodedValue;

/**
 * What was found under a key.
 *
 * @param value the value as bytes, not to be changed
 * @param stale whether it is past its time to live, or was evicted softly
 */
record Entry(EncodedValue value, boolean stale) {
}
