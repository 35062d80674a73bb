package io.memlink.link;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * The way of requests from where they wait into the channel: encoded into one buffer,
 * which is flushed once. Confined to the event loop of its connection.
 */
final class PendingWriter {

    private static final int CHUNK_BYTES = 64 * 1024;

    private static final int SEQUENCE_MASK = (1 << 30) - 1;

    private final PendingRequests requests;

    private final ConnectionFailures failures;

    private final RequestWriter out;

    private int nextSequence;

    /**
     * Creates a writer that has written nothing.
     * @param sequence any number to begin with
     */
    PendingWriter(PendingRequests requests, ConnectionFailures failures, ByteBufAllocator allocator, int sequence) {
        this.requests = requests;
        this.failures = failures;
        this.out = new RequestWriter(allocator);
        this.nextSequence = sequence & SEQUENCE_MASK;
    }

    /** Writes as many of the requests that wait as the channel takes. */
    void write(Channel channel, long nowNanos) {
        while (channel.isWritable()) {
            Exchange<?, ?> exchange = this.requests.nextToWrite(nowNanos);
            if (exchange == null) {
                break;
            }
            encode(exchange, nowNanos);
            if (this.out.length() >= CHUNK_BYTES) {
                flush(channel);
            }
        }
        flush(channel);
    }

    /** Writes a request ahead of those that wait. */
    void writeFirst(Channel channel, Exchange<?, ?> exchange, long nowNanos) {
        encode(exchange, nowNanos);
        flush(channel);
    }

    /**
     * A request is in flight in the end, or has failed and left nothing in the buffer.
     */
    private void encode(Exchange<?, ?> exchange, long nowNanos) {
        int length = this.out.length();
        int sequences;
        try {
            Request<?> request = exchange.request();
            sequences = request.sequences();
            this.out.begin(this.nextSequence);
            request.encode(this.out);
            exchange.written(this.nextSequence, nowNanos);
            this.requests.written(exchange);
        }
        catch (Throwable ex) {
            this.out.truncate(length);
            this.requests.failUnwritten(exchange, this.failures.notEncoded(ex), nowNanos);
            return;
        }
        this.nextSequence = (this.nextSequence + sequences) & SEQUENCE_MASK;
    }

    private void flush(Channel channel) {
        while (this.out.length() > 0) {
            channel.write(this.out.take(), channel.voidPromise());
        }
        channel.flush();
    }

    /** The channel encrypts what is written. */
    void encrypted() {
        this.out.keepRecordsApart();
    }

    /** What the greeting found out is known to requests from now on. */
    void session(@Nullable Object session) {
        this.out.session(session);
    }

    /** Forgets what was encoded. */
    void release() {
        this.out.release();
    }

}
