package io.memlink.embedded.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Collects the bytes of one reply. Confined to the thread of the server. An empty buffer
 * is a reply that is not sent.
 *
 * @since 0.1.0
 */
public final class ReplyBuffer {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);

    /**
     * Returns the reply.
     * @return the bytes, a copy
     */
    public byte[] toByteArray() {
        return this.bytes.toByteArray();
    }

    void clear() {
        this.bytes.reset();
    }

    ReplyBuffer text(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    ReplyBuffer bytes(byte[] data) {
        this.bytes.write(data, 0, data.length);
        return this;
    }

    ReplyBuffer unsigned(long number) {
        return text(Long.toUnsignedString(number));
    }

    ReplyBuffer flag(char letter, long number) {
        return text(" ").text(String.valueOf(letter)).unsigned(number);
    }

    ReplyBuffer crlf() {
        return text("\r\n");
    }

    ReplyBuffer line(String line) {
        return text(line).crlf();
    }

}
