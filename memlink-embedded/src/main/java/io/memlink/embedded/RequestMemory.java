package io.memlink.embedded;

import java.util.function.LongConsumer;

/**
 * The memory that the requests under way and the replies that wait share, over all
 * connections of a server. Confined to the thread of the server.
 */
final class RequestMemory {

    /** What each connection may keep of a request, and of a reply, without asking. */
    static final int OWN_BYTES = 16 * 1024;

    private final long bytes;

    private final LongConsumer observer;

    private long taken;

    /**
     * Creates memory of which nothing is taken.
     * @param bytes how much there is
     * @param observer is told, before it is used, how much is taken
     */
    RequestMemory(long bytes, LongConsumer observer) {
        this.bytes = bytes;
        this.observer = observer;
    }

    /**
     * Takes memory, if there is as much.
     */
    boolean take(long bytes) {
        if (bytes > this.bytes - this.taken) {
            return false;
        }
        change(bytes);
        return true;
    }

    void giveBack(long bytes) {
        change(-bytes);
    }

    private void change(long bytes) {
        if (bytes != 0) {
            this.taken += bytes;
            this.observer.accept(this.taken);
        }
    }

}
