package io.memlink.link.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * A buffer that a connection uses again where nobody holds it any more, as it is where a
 * caller waits for one reply after the other. Whoever is given a buffer owns a reference
 * to it; this class keeps one more, of a small buffer only, so that a connection at rest
 * holds little. Confined to the event loop of its connection.
 */
public final class KeptBuffer {

    private static final int MAX_BYTES = 16 * 1024;

    private @Nullable ByteBuf kept;

    /**
     * Returns an empty buffer, which the caller owns.
     * @param allocator makes it, where the one that is kept is in use or too small
     * @param bytes how much it has to take, zero or more
     * @return the buffer
     */
    public ByteBuf take(ByteBufAllocator allocator, int bytes) {
        ByteBuf kept = this.kept;
        if (kept != null && kept.refCnt() == 1) {
            if (bytes <= kept.capacity() && kept.capacity() <= MAX_BYTES) {
                return kept.clear().retain();
            }
            release();
        }
        ByteBuf made = allocator.ioBuffer(bytes);
        if (this.kept == null && made.capacity() <= MAX_BYTES) {
            this.kept = made.retain();
        }
        return made;
    }

    /** Keeps nothing from now on until the next buffer is taken. */
    public void release() {
        ByteBuf kept = this.kept;
        this.kept = null;
        if (kept != null) {
            kept.release();
        }
    }

}
