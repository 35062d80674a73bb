package io.memlink;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

import io.memlink.error.MemlinkDecodingException;
import io.memlink.meta.EncodedValue;
import io.memlink.time.LogLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The treatment of values that were read and cannot be decoded. They are counted, and
 * logged at most once in five seconds: never the value, and not what the transcoder said
 * about it, which may quote it. Safe for use by many threads.
 */
final class UndecodableValues {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkClient.class);

    private static final Duration LOG_INTERVAL = Duration.ofSeconds(5);

    private final boolean thrown;

    private final LongAdder count = new LongAdder();

    private final LogLimit logLimit = new LogLimit(LOG_INTERVAL);

    UndecodableValues(boolean thrown) {
        this.thrown = thrown;
    }

    /**
     * Tells of one that was read.
     * @throws MemlinkDecodingException where it is not to be taken for a miss
     */
    void found(EncodedValue value, RuntimeException cause) {
        if (this.thrown) {
            this.count.increment();
            throw new MemlinkDecodingException(describe(value, cause), cause);
        }
        missed(value, cause);
    }

    /** Tells of one that is replaced. */
    void missed(EncodedValue value, RuntimeException cause) {
        this.count.increment();
        if (this.logLimit.permits()) {
            logger.warn("A value that cannot be decoded was treated as a miss, as were {} before it: {}",
                    this.count.sum() - 1, describe(value, cause));
        }
    }

    private static String describe(EncodedValue value, RuntimeException cause) {
        return "value: " + value.data().length + " bytes, flags: 0x" + Integer.toHexString(value.flags())
                + " (expected: what its transcoder reads, which threw " + cause.getClass().getSimpleName() + ")";
    }

    long count() {
        return this.count.sum();
    }

}
