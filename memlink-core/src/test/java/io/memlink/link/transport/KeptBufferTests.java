package io.memlink.link.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A buffer is used again only where nobody holds it, and one that is large is not kept.
 */
class KeptBufferTests {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    private final KeptBuffer buffer = new KeptBuffer();

    @AfterEach
    void leavesNothing() {
        this.buffer.release();
        assertThat(this.allocator.metric().usedDirectMemory()).isZero();
    }

    private ByteBuf take(int bytes) {
        return this.buffer.take(this.allocator, bytes);
    }

    @Test
    void isEmptyWhenItIsUsedAgain() {
        ByteBuf first = take(100).writeLong(1);
        first.readByte();
        first.release();
        ByteBuf second = take(100);
        assertThat(second).isSameAs(first);
        assertThat(second.readableBytes()).isZero();
        assertThat(second.writableBytes()).isGreaterThanOrEqualTo(100);
        second.release();
    }

    @Test
    void isNotUsedAgainWhereSomebodyHoldsPartOfIt() {
        ByteBuf first = take(100).writeLong(1);
        ByteBuf part = first.readRetainedSlice(4);
        first.release();
        ByteBuf second = take(100).writeLong(2);
        assertThat(second).isNotSameAs(first);
        assertThat(part.readInt()).isZero();
        part.release();
        second.release();
        ByteBuf third = take(100);
        assertThat(third).isSameAs(first);
        third.release();
    }

    @Test
    void givesWayToALargerOne() {
        take(100).release();
        ByteBuf larger = take(10_000);
        assertThat(larger.capacity()).isGreaterThanOrEqualTo(10_000);
        larger.release();
        ByteBuf next = take(100);
        assertThat(next).isSameAs(larger);
        next.release();
    }

    @Test
    void isNotKeptWhereItIsLarge() {
        take(20_000).release();
        assertThat(this.allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void isNotKeptWhereItHasGrownLarge() {
        ByteBuf grown = take(100).writeZero(20_000);
        grown.release();
        ByteBuf next = take(100);
        assertThat(next).isNotSameAs(grown);
        next.release();
        assertThat(this.allocator.metric().usedDirectMemory()).isLessThan(1000);
    }

}
