package io.memlink.transcoder;

import java.io.ObjectInputFilter;
import java.util.List;

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

    private final ObjectInputFilter classes;

    /** In order: the first that matches decides. */
    private final List<ClassNamePattern> names;

    private SerializationFilter(ObjectInputFilter classes, List<ClassNamePattern> names) {
        this.classes = classes;
        this.names = names;
    }

    static SerializationFilter of(String pattern) {
        boolean allows = false;
        for (String element : pattern.split(";")) {
            allows |= allows(element, pattern);
        }
        if (!allows) {
            throw illegal(pattern);
        }
        String classes = String.join(";", NEVER, pattern, HARMLESS);
        ObjectInputFilter filter = ObjectInputFilter.Config.createFilter(LIMITS + ";" + classes + ";!*");
        ObjectInputFilter everywhere = ObjectInputFilter.Config.getSerialFilter();
        return new SerializationFilter((everywhere != null) ? ObjectInputFilter.merge(filter, everywhere) : filter,
                ClassNamePattern.listOf(classes));
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

    /** Returns what a stream asks, about classes and about how much there is. */
    ObjectInputFilter classes() {
        return this.classes;
    }

    /** Tells whether a class would be let in, whatever else is with it. */
    boolean allows(Class<?> type) {
        return this.classes.checkInput(new Question(type)) != ObjectInputFilter.Status.REJECTED;
    }

    /**
     * Tells whether a class of this name might be let in, so that others need not be
     * loaded to be refused.
     */
    boolean mayAllow(String className) {
        String name = ClassNamePattern.elementType(className);
        return name == null || this.names.stream()
            .filter((pattern) -> pattern.matches(name))
            .findFirst()
            .filter((pattern) -> !pattern.rejects())
            .isPresent();
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
