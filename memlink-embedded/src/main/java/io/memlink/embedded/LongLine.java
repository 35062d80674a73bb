package io.memlink.embedded;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/**
 * Collects a line that is too long to wait in the buffer of its connection, where it
 * would be copied and searched again with each of its parts. Confined to the thread of
 * the server. Holds memory that others need until {@link #release()}.
 */
final class LongLine {

    private static final int LONGEST = 16 * 1024 * 1024;

    // For a moment it is there in parts and as a whole.
    private static final long COPIES = 2;

    private final RequestMemory memory;

    private final Queue<byte[]> parts = new ArrayDeque<>();

    private int length;

    LongLine(RequestMemory memory) {
        this.memory = memory;
    }

    /**
     * Takes over the next bytes of the line, if there is memory for them.
     */
    boolean add(ByteBuf in, int bytes) {
        if (this.length + bytes > LONGEST || !this.memory.take(COPIES * bytes)) {
            return false;
        }
        this.length += bytes;
        this.parts.add(ByteBufUtil.getBytes(in, in.readerIndex(), bytes));
        in.skipBytes(bytes);
        return true;
    }

    /**
     * Returns the line. There are no more parts afterwards.
     */
    byte[] join() {
        byte[] line = new byte[this.length];
        int end = 0;
        for (byte[] part = this.parts.poll(); part != null; part = this.parts.poll()) {
            System.arraycopy(part, 0, line, end, part.length);
            end += part.length;
        }
        return line;
    }

    /**
     * Gives the memory back. Does nothing the second time.
     */
    void release() {
        this.memory.giveBack(COPIES * this.length);
        this.length = 0;
        this.parts.clear();
    }

}
