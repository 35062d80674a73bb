package io.memlink.meta;

import io.memlink.link.RequestWriter;
import io.memlink.meta.wire.Opaque;

/**
 * The line of a request: a command, its key and its flags. Immutable.
 *
 * @param command two letters
 * @param key the key
 * @param flags each with a space before it, in the order they travel
 */
record CommandLine(String command, Key key, byte[] flags) {

    /** Proxies read no line that is longer, its end included. */
    static final int MAX_BYTES = 499;

    /** For commands without a payload. */
    static final int NO_DATA = -1;

    /**
     * Length of everything but key and flags: command, spaces, mark of the key, digits of
     * a length, mark of a quiet command, CRLF.
     */
    private static final int FIXED_BYTES = 21 + Opaque.BYTES;

    CommandLine {
        int bytes = FIXED_BYTES + key.wire().length + flags.length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "request line: " + bytes + " bytes (expected: at most " + MAX_BYTES + ", which proxies accept)");
        }
    }

    int bytes() {
        return FIXED_BYTES + this.key.wire().length + this.flags.length;
    }

    void write(RequestWriter out, int dataLength, int sequence, boolean quiet) {
        out.writeByte(this.command.charAt(0));
        out.writeByte(this.command.charAt(1));
        out.writeByte(' ');
        out.writeBytes(this.key.wire());
        if (dataLength != NO_DATA) {
            out.writeByte(' ');
            out.writeUnsigned(dataLength);
        }
        if (this.key.isEncoded()) {
            out.writeByte(' ');
            out.writeByte('b');
        }
        out.writeBytes(this.flags);
        if (quiet) {
            out.writeByte(' ');
            out.writeByte('q');
        }
        Opaque.write(out, sequence);
        out.writeByte('\r');
        out.writeByte('\n');
    }

}
