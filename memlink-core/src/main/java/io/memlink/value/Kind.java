package io.memlink.value;

import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A type of the JDK: its tag, how its objects are written and read, and how they are laid
 * out for somebody who only looks. Immutable.
 */
final class Kind {

    final int tag;

    final String name;

    final Layout layout;

    final Sharing sharing;

    final Writing<Object> writing;

    final Reading reading;

    /** What an object is instead, where {@link #varies} says so. */
    @Nullable Kind variant;

    @Nullable Predicate<Object> varies;

    /** What the last value of this kind took; a guess for the next, so races do no harm. */
    int lastSize = 64;

    private Kind(int tag, String name, Layout layout, Sharing sharing, Writing<Object> writing, Reading reading) {
        this.tag = tag;
        this.name = name;
        this.layout = layout;
        this.sharing = sharing;
        this.writing = writing;
        this.reading = reading;
    }

    @SuppressWarnings("unchecked")
    static <T> Kind of(int tag, Class<T> type, Layout layout, Sharing sharing, Writing<? super T> writing,
            Reading reading) {
        return new Kind(tag, type.getSimpleName(), layout, sharing, (Writing<Object>) writing, reading);
    }

    /** A value in which there are no others, and of which a copy is as good. */
    static <T> Kind leaf(int tag, Class<T> type, Writing<? super T> writing, Reading reading) {
        return of(tag, type, Layout.LEAF, Sharing.NONE, writing, reading);
    }

    /** A value in which there are no others, and which can be changed. */
    static <T> Kind mutable(int tag, Class<T> type, Writing<? super T> writing, Reading reading) {
        return of(tag, type, Layout.LEAF, Sharing.CLOSED, writing, reading);
    }

    Kind of(Object value) {
        Predicate<Object> condition = this.varies;
        Kind other = this.variant;
        return (condition != null && other != null && condition.test(value)) ? other : this;
    }

    /** What follows the tag. */
    enum Layout {

        LEAF, VALUE, PAIR, ELEMENTS, SORTED_ELEMENTS, ENTRIES, SORTED_ENTRIES, ENUM_SET, ENUM_MAP

    }

    /** Whether an object that is there twice is written once. */
    enum Sharing {

        /** No: another that is equal is as good. */
        NONE,

        /** Yes, even where it is met in itself. */
        OPEN,

        /** Yes, once it is complete. */
        CLOSED

    }

    /**
     * Writes what follows the tag.
     *
     * @param <T> the type
     */
    interface Writing<T> {

        void write(ValueWriter out, T value);

    }

    /** Reads what follows the tag. */
    interface Reading {

        @Nullable Object read(ValueReader in, int id);

    }

}
