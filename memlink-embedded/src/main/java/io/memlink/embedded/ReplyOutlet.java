package io.memlink.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/**
 * The way out of one connection: sends replies in order, or holds them back. Confined to
 * the thread of the server.
 */
final class ReplyOutlet {

    private static final Object FOREVER = new Object();

    private final Channel channel;

    private final PacedOutput output;

    private final Queue<Runnable> held = new ArrayDeque<>();

    private @Nullable Object hold;

    private byte @Nullable [] overtaken;

    private long bytesSent;

    private boolean closed;

    ReplyOutlet(Channel channel) {
        this.channel = channel;
        this.output = new PacedOutput(channel);
    }

    void write(byte[] reply) {
        this.bytesSent += reply.length;
        inOrder(() -> this.output.write(reply));
    }

    /**
     * Notes that a reply is complete, so that one that it overtook can follow.
     */
    void endOfReply() {
        byte[] waiting = this.overtaken;
        if (waiting != null) {
            this.overtaken = null;
            write(waiting);
        }
    }

    /**
     * Sends a reply behind the next one. If there is one already, that goes first.
     */
    void writeAfterNext(byte[] reply) {
        endOfReply();
        this.overtaken = reply;
    }

    void flush() {
        inOrder(this.channel::flush);
    }

    void closeAfterReplies() {
        this.closed = true;
        inOrder(() -> this.output
            .end(() -> this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE)));
    }

    /**
     * Closes once all replies are sent, unless they never will be.
     */
    void endOfRequests() {
        if (this.hold == FOREVER) {
            close();
        }
        else {
            endOfReply();
            closeAfterReplies();
        }
    }

    /**
     * Closes now; what was not flushed is lost.
     */
    void close() {
        this.closed = true;
        this.output.clear();
        this.channel.close();
    }

    void reset() {
        this.channel.config().setOption(ChannelOption.SO_LINGER, 0);
        close();
    }

    /**
     * Sends what there is to send and then the end, and goes on reading.
     */
    void halfClose() {
        inOrder(() -> this.output.end(() -> this.channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((written) -> {
            if (this.channel instanceof DuplexChannel duplex) {
                duplex.shutdownOutput();
            }
        })));
    }

    /**
     * Tells whether replies wait for a client that does not read. Those that a fault
     * holds back do not count.
     */
    boolean isFull() {
        return this.output.isFull();
    }

    /**
     * Does something, later, as soon as the output is not full.
     */
    void whenNotFull(Runnable action) {
        this.output.whenEmpty(action);
    }

    /**
     * Sends more of what waits.
     */
    void drain() {
        this.output.drain();
    }

    boolean closed() {
        return this.closed;
    }

    long bytesSent() {
        return this.bytesSent;
    }

    void holdBy(HoldFault fault) {
        if (this.hold == null) {
            this.hold = fault;
            fault.whenReleased(() -> this.channel.eventLoop().execute(() -> release(fault)));
        }
    }

    void holdForever() {
        this.hold = FOREVER;
    }

    /**
     * Sends nothing more for a while, in the order of what is sent.
     */
    void pause(Duration pause) {
        inOrder(() -> {
            Object token = new Object();
            this.hold = token;
            this.channel.flush();
            this.channel.eventLoop().schedule(() -> release(token), pause.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    private void inOrder(Runnable action) {
        if (this.hold != null) {
            this.held.add(action);
        }
        else {
            action.run();
        }
    }

    private void release(Object token) {
        if (this.hold == token) {
            this.hold = null;
            while (this.hold == null && !this.held.isEmpty()) {
                this.held.remove().run();
            }
            this.channel.flush();
        }
    }

}
