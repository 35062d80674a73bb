package io.memlink.embedded;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * Gives a channel no more than it can send soon: what is written is copied to direct
 * memory, of which there may be little. What waits is referred to and not copied.
 * Confined to the thread of the server.
 */
final class PacedOutput {

    /** How much direct memory the output of a connection takes, but for one piece. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final int PIECE_BYTES = 16 * 1024;

    private final Channel channel;

    private final Queue<byte[]> waiting = new ArrayDeque<>();

    /** How much of the first that waits is written. */
    private int written;

    private final List<Runnable> endings = new ArrayList<>();

    private @Nullable Runnable whenEmpty;

    private final Runnable sent;

    private boolean sending;

    /**
     * Creates the output of a channel.
     * @param sent is called whenever nothing waits any more
     */
    PacedOutput(Channel channel, Runnable sent) {
        this.channel = channel;
        this.sent = sent;
    }

    /**
     * Sends bytes, which nobody may change, unless the output has ended.
     */
    void write(byte[] bytes) {
        if (this.endings.isEmpty()) {
            this.waiting.add(bytes);
            send();
        }
    }

    /**
     * Does something once all is written, as the last thing.
     */
    void end(Runnable ending) {
        this.endings.add(ending);
        if (this.waiting.isEmpty()) {
            ending.run();
        }
    }

    boolean isFull() {
        return !this.waiting.isEmpty();
    }

    /**
     * Does something, later, as soon as nothing waits.
     */
    void whenEmpty(Runnable action) {
        if (isFull()) {
            this.whenEmpty = action;
        }
        else {
            this.channel.eventLoop().execute(action);
        }
    }

    /**
     * Sends what the channel takes now that it takes more.
     */
    void drain() {
        if (isFull()) {
            send();
            this.channel.flush();
        }
    }

    private void send() {
        // A flush in here may tell that there is room, which calls this again.
        if (this.sending) {
            return;
        }
        this.sending = true;
        try {
            writeWhilePossible();
        }
        finally {
            this.sending = false;
        }
        if (this.waiting.isEmpty()) {
            emptied();
        }
    }

    private void writeWhilePossible() {
        byte[] next = this.waiting.peek();
        while (next != null && isReady()) {
            int length = Math.min(PIECE_BYTES, next.length - this.written);
            // A reply of which a part is missing would be worse than none.
            this.channel.write(Unpooled.wrappedBuffer(next, this.written, length))
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
            this.written += length;
            if (this.written == next.length) {
                this.waiting.poll();
                this.written = 0;
            }
            next = this.waiting.peek();
        }
    }

    private boolean isReady() {
        if (!this.channel.isWritable()) {
            this.channel.flush();
        }
        return this.channel.isWritable();
    }

    private void emptied() {
        this.sent.run();
        this.endings.forEach(Runnable::run);
        Runnable action = this.whenEmpty;
        if (action != null) {
            this.whenEmpty = null;
            this.channel.eventLoop().execute(action);
        }
    }

    /**
     * Forgets what waits.
     */
    void clear() {
        this.waiting.clear();
        this.written = 0;
    }

}
