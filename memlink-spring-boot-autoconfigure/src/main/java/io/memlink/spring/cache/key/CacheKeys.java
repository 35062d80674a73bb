package io.memlink.spring.cache.key;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.sql.Timestamp;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.util.ReflectionUtils;

/**
 * Conversion of any object to the text of a key, such that different objects have
 * different texts: a letter states the kind, and each part is preceded by its length.
 * Objects of other kinds are converted by a converter if there is one, and must define
 * {@code toString} otherwise. Safe for use by many threads.
 */
public final class CacheKeys {

    /**
     * Leaves room for the name of the cache and its generation, also where base64 is
     * needed.
     */
    private static final int MAX_BYTES = 80;

    private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

    private final @Nullable ConversionService conversionService;

    /**
     * Creates a description of keys.
     * @param conversionService converts keys that have no text of their own; {@code null}
     * for none
     */
    public CacheKeys(@Nullable ConversionService conversionService) {
        this.conversionService = conversionService;
    }

    /**
     * Returns the text of a key.
     * @param key any object, as the application gave it
     * @return at most 80 bytes of UTF-8
     * @throws IllegalArgumentException where the key has no text that tells it from
     * others
     */
    public String text(Object key) {
        return KeyText.folded(describe(key), MAX_BYTES);
    }

    private String describe(@Nullable Object key) {
        if (key == null) {
            return "0";
        }
        if (key instanceof String text) {
            return KeyText.of(text);
        }
        if (key instanceof Integer || key instanceof Long) {
            // By far the most frequent, and so the shortest.
            return ((key instanceof Integer) ? "i" : "l") + key;
        }
        if (key instanceof Enum<?> constant) {
            return scalar(constant.getDeclaringClass(), constant.name());
        }
        if ((key instanceof Number || key instanceof Boolean || key instanceof Character || key instanceof UUID
                || key instanceof TemporalAccessor || key instanceof CharSequence) && hasText(key.getClass())) {
            return scalar(key.getClass(), key.toString());
        }
        if (key instanceof Locale locale) {
            // The text of one without a country does not tell its script.
            return scalar(Locale.class, locale + "|" + locale.getScript() + "|" + locale.toLanguageTag());
        }
        if (key instanceof InetAddress address) {
            // The text has the name too, which equality does not see.
            return scalar(InetAddress.class, HexFormat.of().formatHex(address.getAddress()));
        }
        if (key instanceof Date date) {
            return scalar(key.getClass(), instant(date));
        }
        return composite(key);
    }

    /** The text of a date lacks its milliseconds, and depends on where it is written. */
    private static String instant(Date date) {
        return (date instanceof Timestamp timestamp) ? date.getTime() + "." + timestamp.getNanos()
                : Long.toString(date.getTime());
    }

    private static String scalar(Class<?> type, String text) {
        return "v" + type.getName() + ":" + KeyText.of(text);
    }

    private String composite(Object key) {
        if (key instanceof SimpleKey simple) {
            return parts("k", SimpleKeyParameters.of(simple).stream().map(this::describe).toList());
        }
        if (key.getClass().isArray()) {
            // Arrays of primitives are never equal to others.
            Class<?> component = key.getClass().getComponentType();
            return parts(component.isPrimitive() ? "a" + component : "a", arrayElements(key));
        }
        if (key instanceof Set<?> set) {
            // Without an order of its own.
            return parts("e", set.stream().map(this::describe).sorted().toList());
        }
        if (key instanceof Collection<?> collection) {
            // Lists of all types are equal, other collections are not.
            String kind = (collection instanceof List<?>) ? "c" : "q" + collection.getClass().getName();
            return parts(kind, collection.stream().map(this::describe).toList());
        }
        if (key instanceof Map<?, ?> map) {
            return parts("m", map.entrySet().stream().map(this::entry).sorted().toList());
        }
        if (key instanceof Map.Entry<?, ?> entry) {
            return entry(entry);
        }
        if (key instanceof Optional<?> optional) {
            return parts("p", optional.map(this::describe).stream().toList());
        }
        return object(key);
    }

    private String entry(Map.Entry<?, ?> entry) {
        return parts("n", List.of(describe(entry.getKey()), describe(entry.getValue())));
    }

    /**
     * The text of a record joins its components, so that different records may have one
     * text.
     */
    private List<String> components(Object key) {
        List<String> components = new ArrayList<>();
        for (RecordComponent component : key.getClass().getRecordComponents()) {
            components.add(describe(value(key, component)));
        }
        return components;
    }

    /** What equality compares: an accessor may tell something else. */
    private static @Nullable Object value(Object key, RecordComponent component) {
        Field field = ReflectionUtils.findField(key.getClass(), component.getName());
        if (field != null && field.trySetAccessible()) {
            return ReflectionUtils.getField(field, key);
        }
        // Its module keeps it to itself.
        Method accessor = component.getAccessor();
        ReflectionUtils.makeAccessible(accessor);
        return ReflectionUtils.invokeMethod(accessor, key);
    }

    private static String parts(String kind, List<String> parts) {
        StringBuilder text = new StringBuilder(kind);
        for (String part : parts) {
            text.append('/').append(part.length()).append(':').append(part);
        }
        return text.toString();
    }

    private List<String> arrayElements(Object array) {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < Array.getLength(array); i++) {
            elements.add(describe(Array.get(array, i)));
        }
        return elements;
    }

    private static boolean hasText(Class<?> type) {
        Method toString = ReflectionUtils.findMethod(type, "toString");
        return toString != null && toString.getDeclaringClass() != Object.class;
    }

    private String object(Object key) {
        Class<?> type = key.getClass();
        ConversionService conversions = this.conversionService;
        if (conversions != null && conversions.canConvert(TypeDescriptor.forObject(key), STRING)) {
            return "o" + type.getName() + ":" + KeyText.of(String.valueOf(conversions.convert(key, String.class)));
        }
        if (type.isRecord()) {
            return parts("r" + type.getName(), components(key));
        }
        if (!hasText(type)) {
            throw new IllegalArgumentException("key: an object of " + type.getName()
                    + " (expected: a type that defines toString, a converter, or a key in the annotation)");
        }
        return "o" + type.getName() + ":" + KeyText.of(key.toString());
    }

}
