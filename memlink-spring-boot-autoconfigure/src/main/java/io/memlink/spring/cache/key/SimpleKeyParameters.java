package io.memlink.spring.cache.key;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.SimpleKey;
import org.springframework.util.ReflectionUtils;

/**
 * The parameters of a simple key, whose own text joins them, so that different keys may
 * have one text.
 */
final class SimpleKeyParameters {

    private static final @Nullable Field FIELD = field();

    private SimpleKeyParameters() {
    }

    /** Returns the parameters, any of which may be null. */
    static List<@Nullable Object> of(SimpleKey key) {
        Object params = (FIELD != null) ? ReflectionUtils.getField(FIELD, key) : null;
        if (!(params instanceof Object[] values)) {
            throw new IllegalStateException(
                    "SimpleKey of this Spring Framework does not hold its parameters in an array");
        }
        return Arrays.asList(values);
    }

    private static @Nullable Field field() {
        Field field = ReflectionUtils.findField(SimpleKey.class, "params");
        if (field != null) {
            ReflectionUtils.makeAccessible(field);
        }
        return field;
    }

}
