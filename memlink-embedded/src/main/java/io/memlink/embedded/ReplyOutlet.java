package io.memlink.embedded;

import java.util.ArrayDeque;
import java.util.Queue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one connection: sends replies in order, or holds them back. Confined to
 * the thread of the server.
 */
final class ReplyOutlet {

    private final Channel channel;

    private final Queue<Runnable> held = new ArrayDeque<>();

    private @Nullable HoldFault hold;

    private boolean closed;

    ReplyOutlet(Channel channel) {
        this.channel = channel;
    }

    void write(byte[] reply) {
        inOrder(() -> this.channel.write(Unpooled.wrappedBuffer(reply)));
    }

    void closeAfterReplies() {
        inOrder(() -> {
            this.closed = true;
            this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        });
    }

    /**
     * Closes now; what was not flushed is lost.
     */
    void close() {
        this.closed = true;
        this.channel.close();
    }

    void reset() {
        this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
        close();
    }

    boolean closed() {
        return this.closed;
    }

    void holdBy(HoldFault fault) {
        if (this.hold == null) {
            this.hold = fault;
            fault.whenReleased(() -> this.channel.eventLoop().execute(() -> release(fault)));
        }
    }

    private void inOrder(Runnable action) {
        if (this.hold != null) {
            this.held.add(action);
        }
        else {
            action.run();
        }
    }

    private void release(HoldFault fault) {
        if (this.hold == fault) {
            this.hold = null;
            while (!this.held.isEmpty()) {
                this.held.remove().run();
            }
            this.channel.flush();
        }
    }

}
