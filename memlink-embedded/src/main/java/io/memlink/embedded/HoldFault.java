package io.memlink.embedded;

import java.util.concurrent.CompletableFuture;

/**
 * A reply that waits for the test. Safe for use by many threads. Replies that follow on
 * the same connection wait behind it; other connections are not affected. The request has
 * been carried out meanwhile.
 *
 * @since 0.1.0
 */
public final class HoldFault extends Fault {

    private final CompletableFuture<Void> released = new CompletableFuture<>();

    private volatile boolean holding;

    HoldFault() {
    }

    /**
     * Lets the reply go. Does nothing the second time.
     */
    public void release() {
        this.released.complete(null);
    }

    /**
     * Tells whether a reply has arrived here, released or not.
     * @return whether the fault has happened
     */
    public boolean reached() {
        return this.holding;
    }

    void whenReleased(Runnable action) {
        this.released.thenRun(action);
    }

    @Override
    void apply(byte[] reply, ReplyOutlet outlet) {
        outlet.holdBy(this);
        outlet.write(reply);
        outlet.endOfReply();
        this.holding = true;
    }

}
