package io.memlink.meta;

import io.memlink.link.RequestWriter;

/**
 * The line of a request: a command, its key and its flags. Immutable.
 *
 * @param command two letters
 * @param key the key
 * @param flags each with a space before it, in the order they travel
 */
record CommandLine(String command, Key key, byte[] flags) {

    /** Length of everything but key and flags: command, spaces, mark of the key, CRLF. */
    private static final int FIXED_BYTES = 8 + Opaque.BYTES;

    int bytes() {
        return FIXED_BYTES + this.key.wire().length + this.flags.length;
    }

    void write(RequestWriter out) {
        begin(out);
        end(out);
    }

    void begin(RequestWriter out) {
        out.writeByte(this.command.charAt(0));
        out.writeByte(this.command.charAt(1));
        out.writeByte(' ');
        out.writeBytes(this.key.wire());
    }

    void end(RequestWriter out) {
        if (this.key.isEncoded()) {
            out.writeByte(' ');
            out.writeByte('b');
        }
        out.writeBytes(this.flags);
        Opaque.write(out, out.sequence());
        out.writeByte('\r');
        out.writeByte('\n');
    }

}
