package io.memlink.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;

/** Hands out memory until it is told that there is none. */
final class StarvingAllocator extends AbstractByteBufAllocator {

    volatile boolean starving;

    /** All that it handed out, of those that channels read and write. */
    final Queue<ByteBuf> buffers = new ConcurrentLinkedQueue<>();

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        starve();
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        starve();
        Buffer buffer = new Buffer(this, initialCapacity, maxCapacity);
        this.buffers.add(buffer);
        return buffer;
    }

    private void starve() {
        if (this.starving) {
            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        }
    }

    /** Needs memory where it grows, too. */
    private static final class Buffer extends UnpooledDirectByteBuf {

        private final StarvingAllocator allocator;

        Buffer(StarvingAllocator allocator, int initialCapacity, int maxCapacity) {
            super(allocator, initialCapacity, maxCapacity);
            this.allocator = allocator;
        }

        @Override
        public ByteBuf capacity(int newCapacity) {
            this.allocator.starve();
            return super.capacity(newCapacity);
        }

    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

}
