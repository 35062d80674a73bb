package io.memlink.value;

/**
 * The first byte of a value, where it is not one of {@link Kinds}. What a number means
 * never changes.
 */
final class Tag {

    static final int NULL = 0;

    static final int REFERENCE = 1;

    static final int OBJECT = 2;

    static final int CONSTANT = 3;

    static final int SINGLETON = 4;

    static final int ARRAY = 5;

    static final int CONVERTED = 6;

    static final int LATIN_1 = 7;

    static final int UTF_8 = 8;

    static final int UTF_16 = 9;

    static final int JDK_CONSTANT = 10;

    static final int FALSE = 11;

    static final int TRUE = 12;

    static final int INTEGER = 13;

    static final int LONG = 14;

    /** Texts in Latin-1 of 0 to 63 characters, whose length is in the tag. */
    static final int SHORT_TEXT = 0x80;

    static final int SHORT_TEXT_LENGTH = 0x40;

    /** Integers from -16 to 47, which are in the tag. */
    static final int SMALL_INTEGER = 0xc0;

    static final int LEAST_SMALL_INTEGER = -16;

    static final int GREATEST_SMALL_INTEGER = 47;

    private Tag() {
    }

}
