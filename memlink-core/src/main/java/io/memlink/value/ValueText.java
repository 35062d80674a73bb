package io.memlink.value;

/**
 * Shows what bytes of the format say, as text, without loading a class of the
 * application. Safe for use by many threads.
 */
public final class ValueText {

    private ValueText() {
    }

    /**
     * Shows bytes as text.
     * @param bytes what {@link ValueFormat#encode(Object)} made
     * @return the text, on several lines if it is long
     * @throws ValueNotReadableException if the bytes are malformed
     */
    public static String of(byte[] bytes) {
        throw new UnsupportedOperationException();
    }

}
