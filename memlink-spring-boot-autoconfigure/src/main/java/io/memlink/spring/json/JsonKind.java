package io.memlink.spring.json;

import org.jspecify.annotations.Nullable;

/** The form of the values of one type of the JDK. */
sealed interface JsonKind {

    /** What is written before them. */
    String tag();

    /**
     * Values that are one text or number.
     *
     * @param tag what is written before
     * @param isNumber whether the text is a number of JSON, if it is a number at all
     * @param write makes text of a value
     * @param read makes a value of text
     */
    record Text(String tag, boolean isNumber, Conversion<Object, String> write,
            Conversion<String, Object> read) implements JsonKind {

        String toText(Object value) {
            return this.write.of(value);
        }

        Object fromText(String text) {
            return this.read.of(text);
        }

    }

    /**
     * Values that consist of others.
     *
     * @param tag what is written before
     * @param parts takes them apart
     * @param whole makes them again
     */
    record Parts(String tag, Conversion<Object, @Nullable Object[]> parts,
            Conversion<@Nullable Object[], Object> whole) implements JsonKind {

        @Nullable Object[] take(Object value) {
            return this.parts.of(value);
        }

        Object make(@Nullable Object[] parts) {
            return this.whole.of(parts);
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
