package io.memlink.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Lets tests of other packages write a request, and read a reply, without a connection.
 */
public final class LinkTesting {

    /** Any sequence number. */
    public static final int SEQUENCE = 0x2a5f_01c7;

    private LinkTesting() {
    }

    /** Returns the bytes of a request. */
    public static byte[] encode(Request<?> request, @Nullable Object session) {
        RequestWriter writer = new RequestWriter(UnpooledByteBufAllocator.DEFAULT);
        writer.session(session);
        writer.begin(SEQUENCE);
        try {
            request.encode(writer);
            return writer.copy();
        }
        finally {
            writer.release();
        }
    }

    /**
     * Reads one reply that arrives in pieces.
     * @return the reply; {@code null} where it is not complete
     * @throws IllegalStateException where bytes are left
     */
    public static <R> @Nullable R decode(Request.Decoder<R> decoder, byte[]... pieces) {
        return decode(decoder, null, pieces);
    }

    /** Reads one reply, knowing what the greeting found out. */
    public static <R> @Nullable R decode(Request.Decoder<R> decoder, @Nullable Object session, byte[]... pieces) {
        return decode(decoder, session, 1 << 27, pieces);
    }

    /** Reads one reply, keeping blocks up to a size. */
    public static <R> @Nullable R decode(Request.Decoder<R> decoder, @Nullable Object session, int maxBlockBytes,
            byte[]... pieces) {
        ReplyReader reader = new ReplyReader(maxBlockBytes);
        reader.session(session);
        reader.begin(SEQUENCE);
        for (int i = 0; i < pieces.length; i++) {
            ByteBuf in = Unpooled.wrappedBuffer(pieces[i]);
            reader.feed(in);
            R reply = decoder.decode(reader);
            if (reply != null && (in.isReadable() || i < pieces.length - 1)) {
                throw new IllegalStateException("bytes behind the reply");
            }
            if (reply != null) {
                return reply;
            }
            if (in.isReadable()) {
                throw new IllegalStateException("bytes left unread");
            }
        }
        return null;
    }

}
