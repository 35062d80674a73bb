package io.memlink.value;

import org.jspecify.annotations.Nullable;

/**
 * Bytes that do not become a value here: a miss, whose {@linkplain #reason() reason} is
 * worth counting. Has no stack trace, since after a deployment there may be many.
 * Immutable.
 */
public final class ValueNotReadableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Longer names are of no class that anybody wrote. */
    static final int MAX_NAME = 200;

    private static final int MAX_MESSAGE = 600;

    private final Reason reason;

    private final @Nullable String className;

    ValueNotReadableException(Reason reason, @Nullable String className, String message, @Nullable Throwable cause) {
        super(printable(withClassOf(cause, message), MAX_MESSAGE), null, false, false);
        this.reason = reason;
        this.className = (className != null) ? printable(className, MAX_NAME) : null;
    }

    /** What the application's own failures say may have parts of the value in it. */
    private static String withClassOf(@Nullable Throwable cause, String message) {
        String name = (cause != null) ? cause.getClass().getName() : "";
        return message.contains(name) ? message : message + ", because of a " + name;
    }

    /** A name or a text that bytes may have made up, for one line of a log. */
    static String printable(String text, int most) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), most);
        for (int i = 0; i < length; i++) {
            char each = text.charAt(i);
            int type = Character.getType(each);
            boolean hidden = type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
            shown.append(hidden ? '?' : each);
        }
        return (length < text.length()) ? shown.append("...").toString() : shown.toString();
    }

    static ValueNotReadableException malformed(String message) {
        return new ValueNotReadableException(Reason.MALFORMED, null, "bytes: " + message, null);
    }

    /**
     * Why nothing was read.
     * @return the reason
     */
    public Reason reason() {
        return this.reason;
    }

    /**
     * The class that was the obstacle.
     * @return its name, or null where it was not about a class
     */
    public @Nullable String className() {
        return this.className;
    }

    /** Why bytes are not read. */
    public enum Reason {

        /** They are not what this format writes: cut, changed, or made to do harm. */
        MALFORMED,

        /** They are of another version of the format. */
        OTHER_VERSION,

        /** They name a class that is not on the allow-list; it was not loaded. */
        NOT_TRUSTED,

        /** They name a class that is not there (any more). */
        UNKNOWN_CLASS,

        /** They were written by a class with other fields. */
        OTHER_SHAPE,

        /** They name a constant that the enum does not have (any more). */
        UNKNOWN_CONSTANT,

        /** Code of the application, such as a constructor, did not accept them. */
        NOT_ACCEPTED

    }

}
