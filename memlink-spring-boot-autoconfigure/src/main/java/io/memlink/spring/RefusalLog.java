package io.memlink.spring;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.ValueNotSupportedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transcoder that logs the first refusal of each class, with what there is to do about
 * it. Safe for use by many threads.
 */
final class RefusalLog implements Transcoder<Object> {

    private static final Logger logger = LoggerFactory.getLogger(TranscoderFactory.class);

    /** Names of generated classes could be without end. */
    private static final int MAX_CLASSES = 1000;

    private final Transcoder<Object> values;

    private final Set<String> known = ConcurrentHashMap.newKeySet();

    RefusalLog(Transcoder<Object> values) {
        this.values = values;
    }

    @Override
    public EncodedValue encode(Object value) {
        try {
            return this.values.encode(value);
        }
        catch (ValueNotSupportedException ex) {
            if (this.known.size() < MAX_CLASSES && this.known.add(ex.className())) {
                logger.warn(
                        "Values with objects of {} are not written with memlink.serialization.format=typed."
                                + " {}. Packages are trusted with memlink.serialization.trusted-packages,"
                                + " converters are beans of type MemlinkTypeConverter",
                        ex.className(), ex.getMessage());
            }
            throw ex;
        }
    }

    @Override
    public Object decode(EncodedValue value) {
        return this.values.decode(value);
    }

}
