package io.memlink.spring;

import io.memlink.Transcoder;
import io.memlink.meta.EncodedValue;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;

/**
 * Transcoder of values of one type in the format of all types, which refuses values of
 * other classes. The arguments of generic types are not checked.
 *
 * @param objects the format
 * @param type the class of the values
 * @param <V> the type of the values
 */
record CheckedTranscoder<V>(Transcoder<Object> objects, Class<?> type) implements Transcoder<V> {

    static <V> CheckedTranscoder<V> of(Transcoder<Object> objects, ParameterizedTypeReference<V> type) {
        Class<?> resolved = ResolvableType.forType(type.getType()).resolve(Object.class);
        return new CheckedTranscoder<>(objects, ClassUtils.resolvePrimitiveIfNecessary(resolved));
    }

    @Override
    public EncodedValue encode(V value) {
        return this.objects.encode(value);
    }

    @Override
    @SuppressWarnings("unchecked")
    public V decode(EncodedValue value) {
        Object decoded = this.objects.decode(value);
        if (!this.type.isInstance(decoded)) {
            throw new IllegalArgumentException(
                    "value: a " + decoded.getClass().getName() + " (expected: a " + this.type.getName() + ")");
        }
        return (V) decoded;
    }

}
