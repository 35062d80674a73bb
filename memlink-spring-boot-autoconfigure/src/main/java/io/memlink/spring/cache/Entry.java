package io.memlink.spring.cache;

import io.memlink.meta.EncodedValue;

/**
 * An entry that was found under a key.
 *
 * @param value the value as bytes, not to be changed
 * @param stale whether it is past its time to live, or was evicted softly
 */
record Entry(EncodedValue value, boolean stale) {

    /** No entry, or an old one: whoever finds this is the one to load it. */
    static final Entry TO_LOAD = new Entry(new EncodedValue(new byte[0], 0), false);

}
