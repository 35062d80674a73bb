package io.memlink.transcoder;

import java.io.ObjectInputFilter;

/**
 * The allow-list of JDK serialization, made of a pattern of
 * {@link ObjectInputFilter.Config#createFilter}.
 */
final class SerializationFilter {

    /** Enough for what is worth caching; a pattern may say otherwise. */
    private static final String LIMITS = "maxdepth=20;maxrefs=20000;maxarray=100000;maxbytes=16777216";

    /**
     * Queues that have a lock in their bytes: if these say that it is held, it is held by
     * nobody for ever, and the queue waits for it while it is read.
     */
    private static final String NEVER = "!java.util.concurrent.ArrayBlockingQueue"
            + ";!java.util.concurrent.LinkedBlockingQueue;!java.util.concurrent.LinkedBlockingDeque"
            + ";!java.util.concurrent.PriorityBlockingQueue";

    /** Nothing comes of them alone, but collections and numbers need them. */
    private static final String HARMLESS = "java.lang.Object;java.lang.Number;java.lang.Enum;java.util.Map$Entry";

    private SerializationFilter() {
    }

    static ObjectInputFilter of(String pattern) {
        boolean allows = false;
        for (String element : pattern.split(";")) {
            allows |= allows(element, pattern);
        }
        if (!allows) {
            throw illegal(pattern);
        }
        ObjectInputFilter filter = ObjectInputFilter.Config
            .createFilter(String.join(";", LIMITS, NEVER, pattern, HARMLESS, "!*"));
        ObjectInputFilter everywhere = ObjectInputFilter.Config.getSerialFilter();
        return (everywhere != null) ? ObjectInputFilter.merge(filter, everywhere) : filter;
    }

    /**
     * Tells whether an element allows classes; one that allows all of them is refused.
     */
    private static boolean allows(String element, String pattern) {
        String name = element.substring(element.indexOf('/') + 1).strip();
        if (element.startsWith("!") || element.contains("=") || name.isEmpty()) {
            return false;
        }
        if (name.matches("[.*]+")) {
            throw illegal(pattern);
        }
        return true;
    }

    private static IllegalArgumentException illegal(String pattern) {
        return new IllegalArgumentException("filter: \"" + pattern
                + "\" (expected: the classes and packages that may be read, such as com.acme.**;java.util.ArrayList)");
    }

    /** Tells whether a class would be let in, whatever else is with it. */
    static boolean allows(ObjectInputFilter filter, Class<?> type) {
        return filter.checkInput(new Question(type)) != ObjectInputFilter.Status.REJECTED;
    }

    /** The least that can be asked about a class. */
    private record Question(Class<?> serialClass) implements ObjectInputFilter.FilterInfo {

        @Override
        public long arrayLength() {
            return -1;
        }

        @Override
        public long depth() {
            return 1;
        }

        @Override
        public long references() {
            return 1;
        }

        @Override
        public long streamBytes() {
            return 1;
        }

    }

}
