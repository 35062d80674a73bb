package io.memlink.embedded.command;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the bytes of one reply. Confined to the thread of the server. An empty buffer
 * is a reply that is not sent. Large values are referred to and not copied, so that a
 * reply with many of them needs no memory of its own.
 *
 * @since 0.1.0
 */
public final class ReplyBuffer {

    private static final int LARGE = 1024;

    private final List<byte[]> parts = new ArrayList<>();

    private final ByteArrayOutputStream tail = new ByteArrayOutputStream(64);

    private long partBytes;

    private boolean provisional;

    /**
     * Returns the reply.
     * @return the bytes, a copy
     */
    public byte[] toByteArray() {
        if (this.parts.isEmpty()) {
            return this.tail.toByteArray();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts().forEach(all::writeBytes);
        return all.toByteArray();
    }

    /**
     * Returns the reply in pieces, which nobody may change.
     * @return the pieces in order, none if there is no reply
     */
    public List<byte[]> parts() {
        List<byte[]> all = new ArrayList<>(this.parts);
        if (this.tail.size() > 0) {
            all.add(this.tail.toByteArray());
        }
        return all;
    }

    /**
     * Tells whether there is nothing to send.
     * @return whether the reply is empty
     */
    public boolean isEmpty() {
        return this.parts.isEmpty() && this.tail.size() == 0;
    }

    /**
     * Returns the length of the reply.
     * @return the number of bytes
     */
    public long size() {
        return this.partBytes + this.tail.size();
    }

    /**
     * Tells whether this reply gives way to that of the next request, if that one was
     * received together with this one's.
     * @return whether it is sent only if nothing follows
     */
    public boolean provisional() {
        return this.provisional;
    }

    void markProvisional() {
        this.provisional = true;
    }

    /**
     * Forgets what was collected.
     */
    public void clear() {
        this.parts.clear();
        this.partBytes = 0;
        this.tail.reset();
    }

    /**
     * Adds a text.
     * @param text the text, one byte for each character
     * @return this buffer
     */
    public ReplyBuffer text(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Adds bytes.
     * @param data the bytes, copied
     * @return this buffer
     */
    public ReplyBuffer bytes(byte[] data) {
        this.tail.write(data, 0, data.length);
        return this;
    }

    /**
     * Adds a value.
     * @param data the bytes, which nobody may change if there are many: then they are not
     * copied
     * @return this buffer
     */
    public ReplyBuffer value(byte[] data) {
        if (data.length < LARGE) {
            return bytes(data);
        }
        this.partBytes += this.tail.size() + data.length;
        if (this.tail.size() > 0) {
            this.parts.add(this.tail.toByteArray());
            this.tail.reset();
        }
        this.parts.add(data);
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

    /**
     * Adds a line.
     * @param line the line, without its end
     * @return this buffer
     */
    public ReplyBuffer line(String line) {
        return text(line).crlf();
    }

}
