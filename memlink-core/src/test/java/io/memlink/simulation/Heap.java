package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;

/** The memory of a client, which is too small at times for what it reads. */
final class Heap {

    /** A value is read in a few steps. */
    private static final int MOST_STEPS = 6;

    private final List<Shortage> shortages = new ArrayList<>();

    private record Shortage(Chance chance, double share) {
    }

    /** Begins a shortage; returns what ends it. */
    Runnable exhaust(Chance chance) {
        Shortage added = new Shortage(chance, chance.pick(List.of(0.01, 0.1, 0.5)));
        this.shortages.add(added);
        return () -> this.shortages.remove(added);
    }

    /** Returns a buffer of bytes that were received, whose owner releases it. */
    ByteBuf buffer(ByteBufAllocator allocator, byte[] bytes) {
        for (Shortage each : this.shortages) {
            if (each.chance.hits(each.share)) {
                return new Exhausted(allocator, bytes.length, each.chance.from(0, MOST_STEPS)).writeBytes(bytes);
            }
        }
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }

    /** Returns whether reading from a buffer has thrown an error. */
    static boolean hasFailed(ByteBuf buffer) {
        return buffer instanceof Exhausted exhausted && exhausted.failed;
    }

    /**
     * What was received, where reading throws an error sooner or later: whatever a
     * decoder makes of it needs memory.
     */
    private static final class Exhausted extends UnpooledHeapByteBuf {

        private int steps;

        private boolean failed;

        Exhausted(ByteBufAllocator allocator, int length, int steps) {
            super(allocator, length, length);
            this.steps = steps;
        }

        @Override
        public ByteBuf readBytes(byte[] target, int index, int length) {
            if (this.steps == 0) {
                this.failed = true;
                throw new OutOfMemoryError("sabotage");
            }
            this.steps--;
            return super.readBytes(target, index, length);
        }

    }

}
