package io.memlink.link.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Has a channel read into a buffer that is used again. Netty decides how large it is.
 * Confined to the event loop of the channel.
 */
final class KeptReadBuffer extends RecvByteBufAllocator.DelegatingHandle
        implements RecvByteBufAllocator.ExtendedHandle {

    private final RecvByteBufAllocator.ExtendedHandle sizes;

    private final KeptBuffer buffer = new KeptBuffer();

    private KeptReadBuffer(RecvByteBufAllocator.ExtendedHandle sizes) {
        super(sizes);
        this.sizes = sizes;
    }

    static void install(Channel channel) {
        KeptReadBuffer handle = new KeptReadBuffer(
                (RecvByteBufAllocator.ExtendedHandle) new AdaptiveRecvByteBufAllocator().newHandle());
        channel.config().setRecvByteBufAllocator(() -> handle);
        channel.closeFuture().addListener((closed) -> handle.buffer.release());
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        return this.buffer.take(allocator, guess());
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
        return this.sizes.continueReading(maybeMore);
    }

}
