package io.memlink.value;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Enums whose constants an empty set or map is for, which neither says. Safe for use by
 * many threads; keeps no class from going.
 */
final class EmptyEnums {

    private static final int MAX_RECENT = 8;

    /** Constants of enums that were found lately; may be lost, which costs a probe. */
    private static volatile List<WeakReference<Enum<?>>> recent = List.of();

    private EmptyEnums() {
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    static Class<?> elementType(EnumSet<?> empty) {
        EnumSet all = EnumSet.complementOf((EnumSet) empty);
        return all.isEmpty() ? Probe.elementType(empty) : ((Enum<?>) all.iterator().next()).getDeclaringClass();
    }

    static Class<?> elementType(EnumMap<?, ?> empty) {
        for (WeakReference<Enum<?>> each : recent) {
            Enum<?> constant = each.get();
            if (constant != null && accepts(empty, constant)) {
                return constant.getDeclaringClass();
            }
        }
        Class<?> found = Probe.elementType(empty);
        Object[] constants = found.getEnumConstants();
        if (constants.length > 0) {
            recent = Stream.concat(Stream.of(new WeakReference<Enum<?>>((Enum<?>) constants[0])), recent.stream())
                .limit(MAX_RECENT)
                .toList();
        }
        return found;
    }

    @SuppressWarnings({ "unchecked", "rawtypes" })
    private static boolean accepts(EnumMap<?, ?> empty, Enum<?> constant) {
        try {
            ((EnumMap) empty.clone()).put(constant, null);
            return true;
        }
        catch (ClassCastException ex) {
            return false;
        }
    }

    /** A stream that notes the enum of what is serialized. */
    private static final class Probe extends ObjectOutputStream {

        private @Nullable Class<?> found;

        Probe() throws IOException {
            super(OutputStream.nullOutputStream());
        }

        static Class<?> elementType(Object value) {
            try (Probe probe = new Probe()) {
                probe.writeObject(value);
                Class<?> found = probe.found;
                if (found != null) {
                    return found;
                }
            }
            catch (IOException ex) {
                // Said below.
            }
            throw ValueNotSupportedException.of(value.getClass(), "which is empty, and does not say of what",
                    "another collection");
        }

        @Override
        protected void annotateClass(Class<?> type) {
            if (type.isEnum()) {
                this.found = type;
            }
        }

    }

}
