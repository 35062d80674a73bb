package io.memlink.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that would not come back as it was, and therefore is not written. Names the
 * class, where it is in the value, and what can be done. Has no stack trace of its own,
 * since the same value is refused with each call.
 */
public final class ValueNotSupportedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int MAX_PATH = 200;

    private final String className;

    private final String problem;

    private final String remedy;

    private String path = "";

    ValueNotSupportedException(String className, String problem, String remedy, @Nullable Throwable cause) {
        super(problem, cause, false, false);
        this.className = className;
        this.problem = problem;
        this.remedy = remedy;
    }

    static ValueNotSupportedException of(Class<?> type, String problem, String remedy) {
        return new ValueNotSupportedException(type.getName(), problem, remedy, null);
    }

    /** Adds what leads to the place that is known so far. */
    ValueNotSupportedException within(String segment) {
        if (this.path.length() < MAX_PATH) {
            this.path = segment + this.path;
        }
        else if (!this.path.startsWith("...")) {
            this.path = "..." + this.path;
        }
        return this;
    }

    /**
     * The class that cannot be written.
     * @return its name
     */
    public String className() {
        return this.className;
    }

    /**
     * Where in the value it is, such as {@code .lines[3].price}; empty for the value
     * itself.
     * @return the path
     */
    public String path() {
        return this.path;
    }

    /**
     * What makes values of this kind cacheable.
     * @return the advice, part of a sentence
     */
    public String remedy() {
        return this.remedy;
    }

    /**
     * Lets those errors through that say something of the virtual machine; all else that
     * methods of a value throw, whatever it is, says something of the value.
     */
    static void requireHarmless(Throwable thrown) {
        if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
            throw error;
        }
    }

    @Override
    public String getMessage() {
        String place = this.path.isEmpty() ? "" : " at " + this.path;
        return "value: " + this.className + place + ", " + this.problem + " (expected: " + this.remedy + ")";
    }

}
