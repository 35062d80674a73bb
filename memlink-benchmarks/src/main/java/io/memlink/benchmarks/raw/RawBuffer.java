package io.memlink.benchmarks.raw;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

/** Collects what one drain writes: small pieces on the heap, copied out in bulk. */
final class RawBuffer {

    private static final int SCRATCH_BYTES = 16 * 1024;

    private static final int LARGE_BYTES = 1024;

    private final byte[] scratch = new byte[SCRATCH_BYTES];

    private int length;

    private ByteBuf out = Unpooled.EMPTY_BUFFER;

    void begin(ByteBufAllocator allocator) {
        this.out = allocator.directBuffer(SCRATCH_BYTES);
    }

    /** Writes text of Latin-1. */
    @SuppressWarnings("deprecation") // drops the high bytes, of which there are none
    RawBuffer write(String text) {
        int bytes = text.length();
        reserve(bytes);
        text.getBytes(0, bytes, this.scratch, this.length);
        this.length += bytes;
        return this;
    }

    RawBuffer write(byte[] bytes) {
        if (bytes.length >= LARGE_BYTES) {
            spill();
            this.out.writeBytes(bytes);
            return this;
        }
        reserve(bytes.length);
        System.arraycopy(bytes, 0, this.scratch, this.length, bytes.length);
        this.length += bytes.length;
        return this;
    }

    private void reserve(int bytes) {
        if (this.length + bytes > SCRATCH_BYTES) {
            spill();
        }
    }

    private void spill() {
        this.out.writeBytes(this.scratch, 0, this.length);
        this.length = 0;
    }

    ByteBuf end() {
        spill();
        return this.out;
    }

}
