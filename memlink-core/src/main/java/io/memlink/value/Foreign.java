package io.memlink.value;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

import org.jspecify.annotations.Nullable;

/**
 * Objects that stand for others: what Hibernate puts in the place of entities and of
 * their collections, Kotlin's empty collections, and the wrappers of the JDK. Known by
 * their names alone.
 */
final class Foreign {

    private static final String PROXY = "org.hibernate.proxy.HibernateProxy";

    private static final String COLLECTION = "org.hibernate.collection.spi.PersistentCollection";

    private static final String ENHANCED = "org.hibernate.engine.spi.PersistentAttributeInterceptable";

    private static final String LOADED = "one that is loaded before it is cached, or a record of what is needed";

    private Foreign() {
    }

    /** Whether objects of a class may stand for something else. */
    static boolean isForeign(Class<?> type) {
        return find(type, PROXY) != null || find(type, ENHANCED) != null || find(type, COLLECTION) != null
                || type.getName().startsWith("kotlin.collections.Empty");
    }

    /** What a proxy stands for; the value itself if it is none. */
    static Object unwrap(Object value) {
        Class<?> proxy = find(value.getClass(), PROXY);
        if (proxy == null) {
            requireLoaded(value);
            return value;
        }
        Object initializer = call(value, proxy, "getHibernateLazyInitializer");
        if (initializer == null || isTrue(initializer, "isUninitialized")) {
            throw ValueNotSupportedException.of(value.getClass(), "an entity that is not loaded", LOADED);
        }
        Object target = call(initializer, initializer.getClass(), "getImplementation");
        if (target == null || target == value) {
            throw ValueNotSupportedException.of(value.getClass(), "a proxy of nothing", LOADED);
        }
        return target;
    }

    private static void requireLoaded(Object value) {
        Class<?> enhanced = find(value.getClass(), ENHANCED);
        if (enhanced != null && call(value, enhanced, "$$_hibernate_getInterceptor") != null) {
            throw ValueNotSupportedException.of(value.getClass(), "an entity of which parts may not be loaded", LOADED);
        }
    }

    /** The ordinary kind that a collection comes back as; null if it is none of these. */
    static @Nullable Kind kind(Object value) {
        String name = value.getClass().getName();
        switch (name) {
            case "kotlin.collections.EmptyList":
                return Kind.of(java.util.Collections.emptyList().getClass());
            case "kotlin.collections.EmptySet":
                return Kind.of(java.util.Collections.emptySet().getClass());
            case "kotlin.collections.EmptyMap":
                return Kind.of(java.util.Collections.emptyMap().getClass());
            default:
        }
        if (!(value instanceof Collection<?> || value instanceof Map<?, ?>)) {
            return null;
        }
        Class<?> collection = find(value.getClass(), COLLECTION);
        if (collection == null) {
            return null;
        }
        if (!Boolean.TRUE.equals(call(value, collection, "wasInitialized"))) {
            throw ValueNotSupportedException.of(value.getClass(), "a collection that is not loaded", LOADED);
        }
        return ordinary(value);
    }

    private static @Nullable Kind ordinary(Object value) {
        if (value instanceof SortedMap) {
            return Kind.of(java.util.TreeMap.class);
        }
        if (value instanceof Map) {
            return Kind.of(java.util.LinkedHashMap.class);
        }
        if (value instanceof SortedSet) {
            return Kind.of(java.util.TreeSet.class);
        }
        if (value instanceof Set) {
            return Kind.of(java.util.LinkedHashSet.class);
        }
        return (value instanceof List) ? Kind.of(java.util.ArrayList.class) : null;
    }

    private static boolean isTrue(Object target, String method) {
        return !Boolean.FALSE.equals(call(target, target.getClass(), method));
    }

    private static @Nullable Object call(Object target, Class<?> type, String name) {
        try {
            Method method = type.getMethod(name);
            method.setAccessible(true);
            return method.invoke(target);
        }
        catch (ReflectiveOperationException | RuntimeException ex) {
            throw new ValueNotSupportedException(target.getClass().getName(), "of which " + name + " failed", LOADED,
                    ex);
        }
    }

    /** The interface of a name among those of a class. */
    private static @Nullable Class<?> find(Class<?> type, String name) {
        for (Class<?> level = type; level != null && !ClassDescriptor.isOfJdk(level); level = level.getSuperclass()) {
            for (Class<?> each : level.getInterfaces()) {
                Class<?> found = each.getName().equals(name) ? each : find(each, name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /**
     * What the JDK wraps around collections and maps. The wrapper says nothing of how it
     * is asked, by equality or by an order, so what is in it has to be seen:
     * serialization shows it, without that a module is opened or a byte is kept.
     */
    static final class Wrapper extends ObjectOutputStream {

        /** The serialized forms of what is immutable, or a set of constants. */
        private static final Set<String> FIXED = Set.of("java.util.CollSer", "java.util.EnumSet$SerializationProxy");

        private boolean first = true;

        private @Nullable Object wrapped;

        private Wrapper() throws IOException {
            super(OutputStream.nullOutputStream());
            enableReplaceObject(true);
        }

        static boolean isWrapper(Object value) {
            String name = value.getClass().getName();
            return (name.startsWith("java.util.Collections$Unmodifiable")
                    || name.startsWith("java.util.Collections$Synchronized")
                    || name.startsWith("java.util.Collections$Checked"))
                    && (value instanceof Collection || value instanceof Map);
        }

        /** Whether nothing is changed by way of a wrapper. */
        static boolean isUnmodifiable(Object wrapper) {
            return wrapper.getClass().getName().startsWith("java.util.Collections$Unmodifiable");
        }

        /** What is in the innermost of wrappers, or its serialized form. */
        static Object content(Object value) {
            Object content = value;
            while (isWrapper(content)) {
                Object next = wrapped(content);
                if (next == null) {
                    throw refused(value, content);
                }
                content = next;
            }
            return content;
        }

        private static @Nullable Object wrapped(Object wrapper) {
            try (Wrapper out = new Wrapper()) {
                out.writeObject(wrapper);
                return out.wrapped;
            }
            catch (IOException ex) {
                return null;
            }
        }

        /** The first object is the wrapper or stands for it, the next what is in it. */
        @Override
        protected @Nullable Object replaceObject(Object object) {
            if (object instanceof Class<?>) {
                return object;
            }
            if (this.first) {
                this.first = false;
                return object;
            }
            this.wrapped = (this.wrapped != null) ? this.wrapped : object;
            return null;
        }

        /** The kind that a wrapper comes back as, if what is in it becomes the like. */
        static Kind kind(Object wrapper, Object content, Kind kind) {
            if (isFixed(content)) {
                return kind;
            }
            Kind inner = ClassDescriptor.isOfJdk(content.getClass()) ? Kind.of(content.getClass())
                    : Foreign.kind(content);
            inner = (inner != null) ? variant(inner, wrapper, content) : null;
            if (inner == null || inner.tag == MapKinds.LINKED_HASH_MAP_BY_ACCESS) {
                throw refused(wrapper, content);
            }
            Kind result = inner.isSorted() ? kind.sorted() : kind;
            if (result == null) {
                throw refused(wrapper, content);
            }
            return result;
        }

        /** The kind of what is in a wrapper, which may be the lock of what is in it. */
        @SuppressWarnings("SynchronizationOnLocalVariableOrMethodParameter")
        private static Kind variant(Kind kind, Object wrapper, Object content) {
            synchronized (wrapper) {
                return kind.of(content);
            }
        }

        /** Whether it makes no difference who else refers to what is in a wrapper. */
        static boolean isFixed(Object content) {
            return FIXED.contains(content.getClass().getName());
        }

        private static ValueNotSupportedException refused(Object wrapper, Object content) {
            return ValueNotSupportedException.of(wrapper.getClass(),
                    "around a " + content.getClass().getName() + ", which is not found by equality alone",
                    "a collection of the JDK in it that is kept by itself");
        }

        /** Whether two collections or maps are sorted, and not by the same. */
        static boolean isOrderedOtherwise(Object one, Object other) {
            if (one instanceof PriorityQueue<?> queue && other instanceof PriorityQueue<?> queueToo) {
                return queue.comparator() != queueToo.comparator();
            }
            boolean sorted = one instanceof SortedSet || one instanceof SortedMap;
            return sorted && comparator(one) != comparator(other);
        }

        /** What orders a sorted collection or map, also one that is wrapped. */
        static @Nullable Comparator<?> comparator(Object value) {
            Object content = (value instanceof SortedSet || value instanceof SortedMap) ? value : content(value);
            return (content instanceof SortedMap<?, ?> map) ? map.comparator() : ((SortedSet<?>) content).comparator();
        }

    }

}
