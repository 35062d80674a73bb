package io.memlink.value;

import java.util.Objects;
import java.util.function.Function;

/**
 * Stores objects of a class that cannot be taken apart as objects of another. Is called
 * by many threads at a time. If the class has an {@code equals} of its own, what comes
 * back is compared with what was given before anything is written.
 *
 * @param <S> the class of the application or of a library
 * @param <T> what is stored instead, which the format has to support
 */
public interface MemlinkTypeConverter<S, T> {

    /**
     * The class whose objects are converted: only its own objects, or, if it is abstract
     * or an interface, those of all its subclasses. Its name is written.
     * @return the class
     */
    Class<S> type();

    /**
     * The class of what is stored.
     * @return the class
     */
    Class<T> storedType();

    /**
     * Makes what is stored.
     * @param value the object, never null
     * @return what stands for it, never null
     */
    T toStored(S value);

    /**
     * Makes the object again.
     * @param stored what {@link #toStored} made
     * @return the object, never null
     */
    S fromStored(T stored);

    /**
     * Makes a converter of two functions.
     * @param <S> the class of the application or of a library
     * @param <T> what is stored instead
     * @param type the class whose objects are converted
     * @param storedType the class of what is stored
     * @param toStored makes what is stored
     * @param fromStored makes the object again
     * @return the converter
     */
    static <S, T> MemlinkTypeConverter<S, T> of(Class<S> type, Class<T> storedType, Function<S, T> toStored,
            Function<T, S> fromStored) {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(storedType, "storedType");
        Objects.requireNonNull(toStored, "toStored");
        Objects.requireNonNull(fromStored, "fromStored");
        return new MemlinkTypeConverter<>() {

            @Override
            public Class<S> type() {
                return type;
            }

            @Override
            public Class<T> storedType() {
                return storedType;
            }

            @Override
            public T toStored(S value) {
                return toStored.apply(value);
            }

            @Override
            public S fromStored(T stored) {
                return fromStored.apply(stored);
            }

        };
    }

}
