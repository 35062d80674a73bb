package io.memlink.link.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ReflectiveChannelFactory;

/**
 * Loads what the first connection of a JVM needs in the thread that builds the client.
 * Otherwise its event loop would load it, for some hundred milliseconds, while the first
 * requests wait for that connection and their time runs.
 */
public final class FirstUse {

    private static final int BYTES = 256;

    private static volatile boolean prepared;

    private FirstUse() {
    }

    /**
     * Opens a channel and closes it, and allocates a buffer and releases it; has no
     * effect in a JVM in which that was done before.
     * @param transport of the connections to come
     * @param allocator of their buffers
     */
    public static void prepare(Transport transport, ByteBufAllocator allocator) {
        if (prepared) {
            return;
        }
        prepared = true;
        try {
            ByteBuf buffer = allocator.directBuffer(BYTES);
            buffer.writeLong(0).readLong();
            buffer.release();
            Channel channel = new ReflectiveChannelFactory<>(transport.channelType(false)).newChannel();
            channel.pipeline().addLast(new ChannelInboundHandlerAdapter());
            channel.unsafe().closeForcibly();
        }
        catch (RuntimeException | LinkageError ex) {
            // The first connection will meet it too, and has somebody to tell.
        }
    }

}
