package io.memlink.embedded;

import java.util.Arrays;

import io.memlink.embedded.command.NextStep;
import io.memlink.embedded.command.ReplyBuffer;
import io.memlink.embedded.store.Store;
import io.netty.buffer.ByteBuf;

/**
 * Collects the payload of a request, which only gets memory as it arrives. Once there is
 * none, the rest is passed over and the request refused. Confined to the thread of the
 * server. Holds memory that others need until {@link #release()}.
 */
final class IncomingPayload {

    private static final byte[] EMPTY = new byte[0];

    private final NextStep.ReadPayload expected;

    private final RequestMemory memory;

    private byte[] data = EMPTY;

    private int received;

    private long taken;

    private boolean refused;

    IncomingPayload(NextStep.ReadPayload expected, RequestMemory memory) {
        this.expected = expected;
        this.memory = memory;
    }

    int length() {
        return this.expected.length();
    }

    /**
     * Takes over what has arrived of the payload.
     * @return whether that is all of it
     */
    boolean read(ByteBuf in) {
        int available = Math.min(in.readableBytes(), length() - this.received);
        if (this.expected.keep() && !this.refused && grow(this.received + available)) {
            in.readBytes(this.data, this.received, available);
        }
        else {
            in.skipBytes(available);
        }
        this.received += available;
        return this.received == length();
    }

    private boolean grow(int needed) {
        if (needed <= this.data.length) {
            return true;
        }
        int doubled = Math.max(needed, Math.min(length(), 2 * this.data.length));
        long more = (doubled > RequestMemory.OWN_BYTES) ? Store.heapBytes(doubled) - this.taken : 0;
        this.refused = !this.memory.take(more);
        if (this.refused) {
            release();
            return false;
        }
        this.taken += more;
        this.data = Arrays.copyOf(this.data, doubled);
        return true;
    }

    /**
     * Goes on with the request. The payload is no longer kept here.
     */
    void complete(boolean terminated, ReplyBuffer reply) {
        byte[] bytes = this.data;
        release();
        if (this.refused) {
            this.expected.outOfMemory().answer(reply);
        }
        else {
            this.expected.payload().complete(bytes, terminated, reply);
        }
    }

    /**
     * Forgets what has arrived and gives the memory back. Does nothing the second time.
     */
    void release() {
        this.data = EMPTY;
        this.memory.giveBack(this.taken);
        this.taken = 0;
    }

}
