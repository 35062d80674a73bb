package io.memlink.spring.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;

/** The form of the values of one type of the JDK. */
sealed interface JsonKind {

    /** What is written before them. */
    String tag();

    /**
     * Whether nothing about a value itself can be changed, so that two equal ones are as
     * good as one; what is in it is another matter.
     */
    boolean isFixed();

    /**
     * Values that are one text or number.
     *
     * @param tag what is written before
     * @param isFixed whether nothing about them can be changed
     * @param isNumber whether the text is a number of JSON, if it is a number at all
     * @param write makes text of a value
     * @param read makes a value of text
     */
    record Text(String tag, boolean isFixed, boolean isNumber, Conversion<Object, String> write,
            Conversion<String, Object> read) implements JsonKind {

        /**
         * Digits as Jackson has them, signs, a point and an exponent: the work for digits
         * grows with their square.
         */
        private static final int MAX_NUMBER = StreamReadConstraints.DEFAULT_MAX_NUM_LEN + 20;

        String toText(Object value) {
            return this.write.of(value);
        }

        Object fromText(String text) {
            if (this.isNumber && text.length() > MAX_NUMBER) {
                throw new IllegalArgumentException("JSON: a number (expected: a shorter one)");
            }
            return this.read.of(text);
        }

    }

    /**
     * Values that consist of others.
     *
     * @param tag what is written before
     * @param isFixed whether their parts cannot be exchanged for others
     * @param keys which of their parts are keys, that is, hashed or compared
     * @param parts takes them apart
     * @param whole makes them again
     */
    record Parts(String tag, boolean isFixed, Keys keys, Conversion<Object, @Nullable Object[]> parts,
            Conversion<@Nullable Object[], Object> whole) implements JsonKind {

        @Nullable Object[] take(Object value) {
            return this.parts.of(value);
        }

        Object make(@Nullable Object[] parts) {
            return this.whole.of(parts);
        }

    }

    /** Which parts are keys. */
    enum Keys {

        NONE, ALL, EVEN, ODD;

        boolean has(int index) {
            return switch (this) {
                case NONE -> false;
                case ALL -> true;
                case EVEN -> index % 2 == 0;
                case ODD -> index % 2 == 1;
            };
        }

    }

    /**
     * Makes one thing of another.
     *
     * @param <F> the one
     * @param <T> the other
     */
    @FunctionalInterface
    interface Conversion<F, T> {

        T of(F value);

    }

}
