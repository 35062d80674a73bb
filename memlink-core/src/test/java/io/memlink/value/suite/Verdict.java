package io.memlink.value.suite;

/**
 * What became of a value on its way to bytes and back.
 */
enum Verdict {

    /** It came back as it was. */
    EQUAL,

    /** An equal value of an ordinary kind came back, such as a list for a view of one. */
    ORDINARY,

    /** It was not written. */
    REFUSED,

    /** Another value came back: the failure that must not be. */
    SILENT,

    /** It was written, and could not be read by the program that wrote it. */
    UNREADABLE,

    /** Something was thrown that nobody was told of. */
    ERROR;

    boolean isFailure() {
        return compareTo(REFUSED) > 0;
    }

}
