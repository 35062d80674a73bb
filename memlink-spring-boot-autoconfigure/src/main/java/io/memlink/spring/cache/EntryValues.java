package io.memlink.spring.cache;

import io.memlink.Transcoder;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;

/**
 * Encoding and decoding of entries, which also counts hits and misses. Not for event
 * loops. Safe for use by many threads.
 */
final class EntryValues {

    private final StoreValueTranscoder transcoder;

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    EntryValues(Transcoder<Object> transcoder, MemlinkCacheStatistics statistics, Failures failures) {
        this.transcoder = new StoreValueTranscoder(transcoder);
        this.statistics = statistics;
        this.failures = failures;
    }

    EncodedValue encode(Object stored) {
        return this.transcoder.encode(stored);
    }

    /** Returns the value of what was read, as it is stored; counts. */
    @Nullable Object found(@Nullable Entry entry) {
        Object value = (entry != null && entry != Entry.TO_LOAD) ? decode(entry.value()) : null;
        this.statistics.add((value != null) ? Count.HITS : Count.MISSES);
        if (value != null && entry != null && entry.stale()) {
            this.statistics.add(Count.STALE_HITS);
        }
        return value;
    }

    /** Returns a value as it is stored; {@code null} where it cannot be decoded. */
    @Nullable Object decode(EncodedValue value) {
        try {
            return this.transcoder.decode(value);
        }
        catch (RuntimeException ex) {
            this.statistics.add(Count.DECODE_FAILURES);
            this.failures.degrade(Operation.READ,
                    new MemlinkDecodingException("value cannot be decoded: " + ex.getMessage(), ex));
            return null;
        }
    }

}
