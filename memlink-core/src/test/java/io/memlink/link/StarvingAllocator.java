package io.memlink.link;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

/** Hands out memory until it is told that there is none. */
final class StarvingAllocator extends AbstractByteBufAllocator {

    volatile boolean starving;

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        starve();
        return UnpooledByteBufAllocator.DEFAULT.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        starve();
        return UnpooledByteBufAllocator.DEFAULT.directBuffer(initialCapacity, maxCapacity);
    }

    private void starve() {
        if (this.starving) {
            throw new OutOfMemoryError("Cannot reserve direct buffer memory");
        }
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

}
