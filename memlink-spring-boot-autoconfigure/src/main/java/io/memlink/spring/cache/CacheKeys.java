package io.memlink.spring.cache;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/**
 * Turns any object into the text of a key, so that different objects have different
 * texts: a letter tells the kind, and whatever consists of parts gives the length of
 * each. Immutable.
 */
final class CacheKeys {

    /**
     * Leaves room for the name of the cache and its generation, also where base64 is
     * needed.
     */
    private static final int MAX_BYTES = 80;

    private static final @Nullable Field SIMPLE_KEY_PARAMS = simpleKeyParams();

    private CacheKeys() {
    }

    /** Returns the text of a key, at most {@link #MAX_BYTES} long. */
    static String text(Object key) {
        return folded(describe(key), MAX_BYTES);
    }

    /** Returns text as it is, or its SHA-256 (44 characters) where it is too long. */
    static String folded(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private static String describe(@Nullable Object key) {
        if (key == null) {
            return "0";
        }
        if (key instanceof CharSequence text) {
            return text(text.toString());
        }
        if (key instanceof Integer || key instanceof Long) {
            // By far the most frequent, and so the shortest.
            return ((key instanceof Integer) ? "i" : "l") + key;
        }
        if (key instanceof Enum<?> constant) {
            return scalar(constant.getDeclaringClass(), constant.name());
        }
        if (key instanceof Number || key instanceof Boolean || key instanceof Character || key instanceof UUID
                || key instanceof TemporalAccessor) {
            return scalar(key.getClass(), key.toString());
        }
        return composite(key);
    }

    private static String text(String text) {
        if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            return "s" + text;
        }
        StringBuilder units = new StringBuilder("w");
        text.chars().forEach((unit) -> units.append(String.format(Locale.ROOT, "%04x", unit)));
        return units.toString();
    }

    private static String scalar(Class<?> type, String text) {
        return "v" + type.getName() + ":" + text(text);
    }

    private static String composite(Object key) {
        if (key instanceof SimpleKey simple) {
            return parts("k", simpleKeyParts(simple));
        }
        if (key.getClass().isArray()) {
            return parts("a", arrayElements(key));
        }
        if (key instanceof Set<?> set) {
            // Without an order of its own.
            return parts("e", set.stream().map(CacheKeys::describe).sorted().toList());
        }
        if (key instanceof Collection<?> collection) {
            return parts("c", collection.stream().map(CacheKeys::describe).toList());
        }
        if (key instanceof Map<?, ?> map) {
            return parts("m",
                    map.entrySet()
                        .stream()
                        .map((entry) -> parts("n", List.of(describe(entry.getKey()), describe(entry.getValue()))))
                        .sorted()
                        .toList());
        }
        if (key instanceof Optional<?> optional) {
            return parts("p", optional.map(CacheKeys::describe).stream().toList());
        }
        return key.getClass().isRecord() ? parts("r" + key.getClass().getName(), components(key)) : object(key);
    }

    /**
     * The text of a record joins its components, so that different records may have one
     * text.
     */
    private static List<String> components(Object key) {
        List<String> components = new ArrayList<>();
        for (RecordComponent component : key.getClass().getRecordComponents()) {
            Method accessor = component.getAccessor();
            ReflectionUtils.makeAccessible(accessor);
            components.add(describe(ReflectionUtils.invokeMethod(accessor, key)));
        }
        return components;
    }

    private static String parts(String kind, List<String> parts) {
        StringBuilder text = new StringBuilder(kind);
        for (String part : parts) {
            text.append('/').append(part.length()).append(':').append(part);
        }
        return text.toString();
    }

    private static List<String> arrayElements(Object array) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(describe(Array.get(array, i)));
        }
        return elements;
    }

    /**
     * The text of a simple key joins its parts, so that different keys may have one text.
     */
    private static List<String> simpleKeyParts(SimpleKey key) {
        Field field = SIMPLE_KEY_PARAMS;
        Object params = (field != null) ? ReflectionUtils.getField(field, key) : null;
        if (!(params instanceof Object[] values)) {
            throw new IllegalStateException(
                    "SimpleKey of this Spring Framework does not hold its parameters in an array");
        }
        return Arrays.stream(values).map(CacheKeys::describe).toList();
    }

    private static @Nullable Field simpleKeyParams() {
        Field field = ReflectionUtils.findField(SimpleKey.class, "params");
        if (field != null) {
            ReflectionUtils.makeAccessible(field);
        }
        return field;
    }

    private static String object(Object key) {
        Class<?> type = key.getClass();
        Method toString = ReflectionUtils.findMethod(type, "toString");
        if (toString == null || toString.getDeclaringClass() == Object.class) {
            throw new IllegalArgumentException("key: an object of " + type.getName()
                    + " (expected: a type that defines toString, or a key in the annotation)");
        }
        return "o" + type.getName() + ":" + text(key.toString());
    }

}
