package io.memlink.embedded.binary;

/**
 * The outcomes that a reply can tell, with the texts of a real server.
 */
enum Status {

    OK(0x00, ""), NOT_FOUND(0x01, "Not found"), EXISTS(0x02, "Data exists for key."), TOO_LARGE(0x03, "Too large."),
    INVALID(0x04, "Invalid arguments"), NOT_STORED(0x05, "Not stored."),
    NON_NUMERIC(0x06, "Non-numeric server-side value for incr or decr"), UNKNOWN_COMMAND(0x81, "Unknown command"),
    OUT_OF_MEMORY(0x82, "Out of memory allocating item"), INTERNAL(0x84, "");

    private final int code;

    private final String text;

    Status(int code, String text) {
        this.code = code;
        this.text = text;
    }

    int code() {
        return this.code;
    }

    String text() {
        return this.text;
    }

}
