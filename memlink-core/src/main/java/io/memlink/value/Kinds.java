package io.memlink.value;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * All kinds, by tag and by class. What is not here is not of the JDK, or not supported.
 */
final class Kinds {

    private static final @Nullable Kind[] BY_TAG = new @Nullable Kind[Tag.SHORT_TEXT];

    private static final Map<Class<?>, Kind> BY_CLASS = new HashMap<>();

    /** Classes of the JDK that are not public, such as views; they do not go away. */
    private static final Map<Class<?>, Kind> HIDDEN = new ConcurrentHashMap<>();

    static {
        ScalarKinds.register();
        CollectionKinds.register();
    }

    private Kinds() {
    }

    static Kind register(Kind kind, Class<?>... types) {
        if (BY_TAG[kind.tag] != null) {
            throw new IllegalStateException("tag: " + kind.tag + " (expected: only one kind)");
        }
        BY_TAG[kind.tag] = kind;
        for (Class<?> type : types) {
            BY_CLASS.put(type, kind);
        }
        return kind;
    }

    static @Nullable Kind of(int tag) {
        return (tag < BY_TAG.length) ? BY_TAG[tag] : null;
    }

    static @Nullable Kind of(Class<?> type) {
        Kind kind = BY_CLASS.get(type);
        return (kind == null && type.getClassLoader() == null) ? hidden(type) : kind;
    }

    private static @Nullable Kind hidden(Class<?> type) {
        Kind kind = HIDDEN.get(type);
        if (kind == null) {
            kind = CollectionKinds.ordinary(type);
            if (kind != null) {
                HIDDEN.put(type, kind);
            }
        }
        return kind;
    }

}
