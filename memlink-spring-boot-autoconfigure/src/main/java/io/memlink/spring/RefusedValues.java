package io.memlink.spring;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import io.memlink.value.ValueNotReadableException;
import io.memlink.value.ValueNotReadableException.Reason;
import io.memlink.value.ValueNotSupportedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The values that were refused when they were written, since they would not have come
 * back as they were: counted by class, and the first of each class logged, with what
 * there is to do about it. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public final class RefusedValues {

    /** The name under which those classes are counted for which there is no room. */
    public static final String OTHERS = "others";

    private static final Logger logger = LoggerFactory.getLogger(TranscoderFactory.class);

    /** Names of generated classes could be without end. */
    private static final int MAX_CLASSES = 100;

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    private final Map<String, Boolean> notRead = new ConcurrentHashMap<>();

    private final CopyOnWriteArrayList<BiConsumer<String, LongAdder>> watchers = new CopyOnWriteArrayList<>();

    RefusedValues() {
    }

    /**
     * Returns how many values were refused because of a class.
     * @param className the name of the class that could not be kept, or {@link #OTHERS}
     * @return a number of values
     */
    public long count(String className) {
        LongAdder count = this.counts.get(className);
        return (count != null) ? count.sum() : 0;
    }

    /**
     * Tells of the classes because of which values were refused, at most about a hundred:
     * of those that are known at once, and of others as soon as there are. A class may be
     * told of twice.
     * @param watcher is given the name of a class and its count, which goes on; called by
     * threads that write, and must not fail
     */
    public void watch(BiConsumer<String, LongAdder> watcher) {
        this.watchers.add(Objects.requireNonNull(watcher, "watcher"));
        this.counts.forEach(watcher);
    }

    /** Returns a transcoder whose refusals are counted here. */
    Transcoder<Object> counting(Transcoder<Object> values, String format) {
        return new Transcoder<>() {

            @Override
            public EncodedValue encode(Object value) {
                try {
                    return values.encode(value);
                }
                catch (RuntimeException ex) {
                    refused(value, format, ex);
                    throw ex;
                }
            }

            @Override
            public Object decode(EncodedValue value) {
                try {
                    return values.decode(value);
                }
                catch (ValueNotReadableException ex) {
                    notRead(ex);
                    throw ex;
                }
            }

        };
    }

    private void refused(Object value, String format, RuntimeException ex) {
        String className = (ex instanceof ValueNotSupportedException refusal) ? refusal.className()
                : value.getClass().getName();
        String name = (this.counts.containsKey(className) || this.counts.size() < MAX_CLASSES) ? className : OTHERS;
        LongAdder count = this.counts.get(name);
        if (count == null) {
            LongAdder added = new LongAdder();
            count = this.counts.putIfAbsent(name, added);
            if (count == null) {
                count = added;
                this.watchers.forEach((watcher) -> watcher.accept(name, added));
                logger.warn("Values with objects of {} are not written with memlink.serialization.format={}. {}."
                        + " Packages are trusted with memlink.serialization.trusted-packages,"
                        + " converters are beans of type MemlinkTypeConverter", className, format, detail(ex));
            }
        }
        count.increment();
    }

    /** Messages of others may have parts of the value in them. */
    private static String detail(RuntimeException ex) {
        return (ex instanceof ValueNotSupportedException || ex.getClass() == IllegalArgumentException.class)
                ? String.valueOf(ex.getMessage()) : "Writing failed with a " + ex.getClass().getName();
    }

    /** What bytes name may be anything, and is not worth more than one line either. */
    private void notRead(ValueNotReadableException ex) {
        String name = ex.className();
        if (ex.reason() == Reason.NOT_TRUSTED && name != null && name.matches("[\\w.$]{1,200}")
                && this.notRead.size() < MAX_CLASSES && this.notRead.putIfAbsent(name, true) == null) {
            logger.warn("Values with objects of {} are not read, since the class is not trusted:"
                    + " see memlink.serialization.trusted-packages", name);
        }
    }

}
