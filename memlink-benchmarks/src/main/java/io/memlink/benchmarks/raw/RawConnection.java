package io.memlink.benchmarks.raw;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jctools.queues.MpscUnboundedArrayQueue;

/**
 * One connection: callers offer to a queue, and one drain of it on the event loop encodes
 * all that is there into one buffer and flushes once.
 */
public final class RawConnection extends ChannelInboundHandlerAdapter {

    private static final int QUEUE_CHUNK = 1024;

    private final Queue<RawOperation<?>> submitted = new MpscUnboundedArrayQueue<>(QUEUE_CHUNK);

    private final ArrayDeque<RawOperation<?>> inFlight = new ArrayDeque<>();

    private final AtomicBoolean scheduled = new AtomicBoolean();

    private final RawBuffer buffer = new RawBuffer();

    private final RawReplies replies = new RawReplies(this.inFlight);

    private final Runnable drain = this::drain;

    private final Channel channel;

    /**
     * Takes over an open channel.
     * @param channel connected, with whatever TLS it needs
     */
    public RawConnection(Channel channel) {
        this.channel = channel;
        channel.pipeline().addLast(this);
    }

    /**
     * Sends an operation.
     * @param operation completed by its reply
     */
    public void send(RawOperation<?> operation) {
        this.submitted.offer(operation);
        if (!this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
            this.channel.eventLoop().execute(this.drain);
        }
    }

    private void drain() {
        this.scheduled.set(false);
        RawOperation<?> operation = this.submitted.poll();
        if (operation == null) {
            return;
        }
        this.buffer.begin(this.channel.alloc());
        while (operation != null) {
            operation.encode(this.buffer);
            this.inFlight.add(operation);
            operation = this.submitted.poll();
        }
        this.channel.writeAndFlush(this.buffer.end(), this.channel.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf in = (ByteBuf) message;
        try {
            this.replies.read(in);
        }
        finally {
            in.release();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        this.inFlight.forEach((operation) -> operation.completeExceptionally(cause));
        context.close();
    }

    /** Closes the channel. */
    public void close() {
        this.channel.close();
    }

}
