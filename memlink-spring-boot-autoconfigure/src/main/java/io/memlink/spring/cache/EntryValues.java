package io.memlink.spring.cache;

import io.memlink.Transcoder;
import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.EncodedValue;
import io.memlink.spring.cache.Failures.Operation;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.NullValue;

/**
 * Encoding and decoding of entries, which also counts hits and misses. Not for event
 * loops. Safe for use by many threads.
 */
final class EntryValues {

    private final StoreValueTranscoder transcoder;

    private final boolean nulls;

    private final MemlinkCacheStatistics statistics;

    private final Failures failures;

    EntryValues(Transcoder<Object> transcoder, boolean nulls, MemlinkCacheStatistics statistics, Failures failures) {
        this.transcoder = new StoreValueTranscoder(transcoder);
        this.nulls = nulls;
        this.statistics = statistics;
        this.failures = failures;
    }

    EncodedValue encode(Object stored) {
        return this.transcoder.encode(stored);
    }

    /** Returns the value of what was read, as it is stored; counts. */
    @Nullable Object found(Reading reading) {
        EncodedValue encoded = reading.value();
        Object value = (encoded != null) ? decode(encoded) : null;
        this.statistics.add((value != null) ? Count.HITS : Count.MISSES);
        if (value != null && reading.stale()) {
            this.statistics.add(Count.STALE_HITS);
        }
        return value;
    }

    /**
     * Returns a value as it is stored; {@code null} where it cannot be decoded, or is a
     * cached null, which another application stored, and those are not cached here.
     */
    @Nullable Object decode(EncodedValue value) {
        try {
            Object stored = this.transcoder.decode(value);
            return (stored == NullValue.INSTANCE && !this.nulls) ? null : stored;
        }
        catch (RuntimeException ex) {
            this.statistics.add(Count.DECODE_FAILURES);
            this.failures.degrade(Operation.READ,
                    new MemlinkDecodingException("value cannot be decoded: " + ex.getClass().getName(), ex));
            return null;
        }
    }

}
