package io.memlink.embedded.binary;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.memlink.embedded.command.ReplyBuffer;

/**
 * Writes the replies to one request. Used once.
 */
final class BinaryReply {

    private static final byte MAGIC = (byte) 0x81;

    private static final int STATUS = 6;

    private static final int OPAQUE = 12;

    private static final byte[] NOTHING = new byte[0];

    private final BinaryRequest request;

    private final ReplyBuffer out;

    BinaryReply(BinaryRequest request, ReplyBuffer out) {
        this.request = request;
        this.out = out;
    }

    /**
     * Says that it is done, unless the client does not want to hear that.
     */
    void done(long cas) {
        done(cas, NOTHING);
    }

    void done(long cas, byte[] value) {
        if (!this.request.quiet()) {
            write(Status.OK, cas, NOTHING, NOTHING, value);
        }
    }

    /**
     * Says, to the same request as another reply, that there is no memory for that one.
     */
    static void outOfMemory(byte[] other, ReplyBuffer out) {
        byte[] text = Status.OUT_OF_MEMORY.text().getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer head = ByteBuffer.allocate(BinaryRequest.HEADER_LENGTH);
        head.put(other, 0, 2).position(STATUS);
        head.putShort((short) Status.OUT_OF_MEMORY.code()).putInt(text.length).put(other, OPAQUE, Integer.BYTES);
        out.bytes(head.array()).bytes(text);
    }

    void fail(Status status) {
        fail(status, status.text());
    }

    void fail(Status status, String text) {
        write(status, 0, NOTHING, NOTHING, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void write(Status status, long cas, byte[] extras, byte[] key, byte[] value) {
        ByteBuffer head = ByteBuffer.allocate(BinaryRequest.HEADER_LENGTH + extras.length + key.length);
        head.put(MAGIC).put((byte) this.request.code()).putShort((short) key.length);
        head.put((byte) extras.length).put((byte) 0).putShort((short) status.code());
        head.putInt(extras.length + key.length + value.length).putInt(this.request.opaque()).putLong(cas);
        this.out.bytes(head.put(extras).put(key).array()).value(value);
    }

}
