package io.memlink.embedded;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.memlink.embedded.store.Store;
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

    // What the JVM spends on a reply that is held back, besides its bytes.
    private static final int HELD_OVERHEAD = 128;

    private final Channel channel;

    private final PacedOutput output;

    private final Queue<Runnable> held = new ArrayDeque<>();

    private @Nullable Object hold;

    private byte @Nullable [] overtaken;

    private final RequestMemory memory;

    private long taken;

    private boolean writing;

    private long bytesSent;

    private boolean closed;

    private boolean gone;

    ReplyOutlet(Channel channel, RequestMemory memory) {
        this.channel = channel;
        this.memory = memory;
        this.output = new PacedOutput(channel, this::giveBackIfAllIsSent);
    }

    /**
     * Takes the memory that a reply needs while it waits here, if there is as much. A
     * small one needs none, unless many of them are held back.
     */
    boolean takeMemory(long bytes) {
        boolean small = this.hold == null && bytes <= RequestMemory.OWN_BYTES;
        long needed = (small || this.gone) ? 0 : HELD_OVERHEAD + Store.heapBytes(bytes);
        if (!this.memory.take(needed)) {
            return false;
        }
        this.taken += needed;
        this.writing = true;
        return true;
    }

    /**
     * Notes that the reply, or the part of it, is written for which memory was taken.
     */
    void written() {
        this.writing = false;
        giveBackIfAllIsSent();
    }

    private void giveBackIfAllIsSent() {
        if (!this.writing && this.held.isEmpty() && this.overtaken == null && !this.output.isFull()) {
            this.memory.giveBack(this.taken);
            this.taken = 0;
        }
    }

    void write(byte[] reply) {
        if (!this.gone) {
            this.bytesSent += reply.length;
            inOrder(() -> this.output.write(reply));
        }
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
        forget();
        this.channel.close();
    }

    /**
     * Forgets what was not sent, and all that will be written.
     */
    void forget() {
        this.gone = true;
        this.held.clear();
        this.overtaken = null;
        this.output.clear();
        written();
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

    /**
     * Sends what is held back, whatever holds it.
     */
    void letGo() {
        endOfReply();
        while (this.hold != null) {
            release(this.hold);
        }
        this.channel.flush();
        giveBackIfAllIsSent();
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
            giveBackIfAllIsSent();
        }
    }

}
