package io.memlink.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Writes requests and reads replies as a connection does, without one. Lives in this
 * package because writers and readers are made by connections only. Not safe for use by
 * many threads.
 */
public final class CodecHarness {

    private static final int SEQUENCE = 0x2a5f_01c7;

    private final RequestWriter writer = new RequestWriter(UnpooledByteBufAllocator.DEFAULT);

    private final ReplyReader reader = new ReplyReader(1 << 20);

    /**
     * Writes a request, and forgets it.
     * @param request the request
     * @return how many bytes it has
     */
    public int encode(Request<?> request) {
        this.writer.begin(SEQUENCE);
        request.encode(this.writer);
        int length = this.writer.length();
        this.writer.truncate(0);
        return length;
    }

    /**
     * Returns what was written for a request.
     * @param request the request
     * @return its bytes
     */
    public byte[] bytes(Request<?> request) {
        this.writer.begin(SEQUENCE);
        request.encode(this.writer);
        byte[] bytes = this.writer.copy();
        this.writer.truncate(0);
        return bytes;
    }

    /**
     * Reads a reply.
     * @param decoder reads it
     * @param in all of it; can be read again
     * @param <R> the type of the reply
     * @return the reply
     */
    public <R> @Nullable R decode(Request.Decoder<R> decoder, ByteBuf in) {
        in.readerIndex(0);
        this.reader.feed(in);
        this.reader.begin(SEQUENCE);
        return decoder.decode(this.reader);
    }

    /**
     * Copies bytes to where a connection would find them.
     * @param bytes the bytes
     * @return a direct buffer
     */
    public static ByteBuf received(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
    }

}
