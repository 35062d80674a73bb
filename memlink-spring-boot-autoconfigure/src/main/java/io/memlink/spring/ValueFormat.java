package io.memlink.spring;

/**
 * What the client flags of a value say: that Memlink wrote it, and how. <pre>
 *   31            16 15         4 3     0
 *  +----------------+------------+-------+
 *  |   0x4D4C "ML"  |     0      | format|
 *  +----------------+------------+-------+
 * </pre>
 */
enum ValueFormat {

    /** The value as it is. */
    BYTES(1),

    /** Text in UTF-8. */
    TEXT(2),

    /** JSON in UTF-8, with the type of the value in it. */
    JSON(3);

    private static final int MAGIC = 0x4D4C_0000;

    private final int flags;

    ValueFormat(int number) {
        this.flags = MAGIC | number;
    }

    int flags() {
        return this.flags;
    }

    static ValueFormat of(int flags) {
        for (ValueFormat format : values()) {
            if (format.flags == flags) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "flags: 0x" + Integer.toHexString(flags) + " (expected: those of a value that Memlink wrote)");
    }

}
