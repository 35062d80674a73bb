package io.memlink.transcoder;

/**
 * The client flags of a value, which say that Memlink wrote it, and how. Immutable. <pre>
 *   31             16 15     12 11     8 7             0
 *  +-----------------+---------+--------+---------------+
 *  |   0x4D4C "ML"   | version | compr. |     codec     |
 *  +-----------------+---------+--------+---------------+
 * </pre> The version is 0. Plain values that are not compressed have no such flags:
 * theirs are 0, so that other programs read and write them. Whatever else the flags are,
 * the value is not Memlink's, and is not guessed at.
 *
 * @param codec what the bytes are, 0 to 255; numbers from {@link #FIRST_OWN_CODEC} on are
 * the application's own
 * @param compression how they were compressed, 0 to 15; 0 where they were not
 * @since 0.1.0
 */
public record ClientFlags(int codec, int compression) {

    /** What the transcoder makes of it: the bytes say nothing themselves. */
    public static final int PLAIN = 0;

    /** A byte array. */
    public static final int BYTES = 1;

    /** Text in UTF-8. */
    public static final int TEXT = 2;

    /**
     * JSON in UTF-8 as the application's mapper has it, with the types of its objects.
     */
    public static final int JSON = 3;

    /** JSON in UTF-8 of a type that the reader has to know. */
    public static final int DECLARED_JSON = 4;

    /** An {@code Integer} in decimal digits. */
    public static final int INTEGER = 5;

    /** A {@code Long} in decimal digits. */
    public static final int LONG = 6;

    /** An object of JDK serialization. */
    public static final int JDK = 7;

    /** An object in Memlink's own value format. */
    public static final int TYPED = 8;

    /** JSON in UTF-8 of the fields of objects, with their types and shapes. */
    public static final int FIELD_JSON = 9;

    /** The mark of a cached {@code null}. */
    public static final int NULL = 15;

    /** The first of the numbers that Memlink leaves to applications. */
    public static final int FIRST_OWN_CODEC = 128;

    private static final int MAGIC = 0x4D4C;

    /**
     * Checks the numbers.
     * @param codec what the bytes are
     * @param compression how they were compressed
     */
    public ClientFlags {
        if ((codec & ~0xff) != 0) {
            throw new IllegalArgumentException("codec: " + codec + " (expected: 0 to 255)");
        }
        if ((compression & ~0xf) != 0) {
            throw new IllegalArgumentException("compression: " + compression + " (expected: 0 to 15)");
        }
    }

    /**
     * Returns the flags of a value that is not compressed.
     * @param codec what the bytes are, 0 to 255
     * @return the flags
     */
    public static ClientFlags of(int codec) {
        return new ClientFlags(codec, 0);
    }

    /**
     * Reads flags.
     * @param bits as the server keeps them
     * @return the flags
     * @throws IllegalArgumentException where they are not of this layout
     */
    public static ClientFlags parse(int bits) {
        ClientFlags flags = new ClientFlags(bits & 0xff, (bits >>> 8) & 0xf);
        if (flags.bits() != bits) {
            throw new IllegalArgumentException(
                    "flags: 0x" + Integer.toHexString(bits) + " (expected: those of a value that Memlink wrote)");
        }
        return flags;
    }

    /**
     * Returns whether flags claim to be of this layout, of whatever version.
     * @param bits as the server keeps them
     * @return whether they do; those of plain values do not
     */
    public static boolean isMarked(int bits) {
        return (bits >>> 16) == MAGIC;
    }

    /**
     * Returns the flags as the server keeps them.
     * @return 32 bits
     */
    public int bits() {
        return (this.codec == PLAIN && this.compression == 0) ? 0
                : (MAGIC << 16) | (this.compression << 8) | this.codec;
    }

    /**
     * Returns whether the bytes have to be decompressed first.
     * @return whether they have to
     */
    public boolean isCompressed() {
        return this.compression != 0;
    }

    /**
     * Returns the same flags of a value compressed in another way.
     * @param compression 0 to 15; 0 for not at all
     * @return the flags
     */
    public ClientFlags compressedBy(int compression) {
        return new ClientFlags(this.codec, compression);
    }

}
