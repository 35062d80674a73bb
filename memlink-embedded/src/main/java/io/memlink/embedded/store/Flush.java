package io.memlink.embedded.store;

/**
 * The time at which everything is dropped. Like a real server, a flush with a delay drops
 * what was last used in the second before its deadline or earlier, and does so a second
 * before the deadline. Confined to the thread of the server.
 */
final class Flush {

    // Everything last used at or before this second is gone once the second is reached.
    private long until = ServerTime.NEVER;

    private boolean done = true;

    /**
     * Waits for a deadline, instead of another one.
     */
    void at(long deadline) {
        this.until = deadline - 1;
        // Nothing is older than the server.
        this.done = this.until == ServerTime.NEVER;
    }

    void now() {
        this.until = ServerTime.NEVER;
        this.done = true;
    }

    /**
     * Tells whether all items have to go, which is so once.
     */
    boolean isDue(long now) {
        boolean due = !this.done && this.until <= now;
        this.done |= due;
        return due;
    }

    boolean covers(Item item) {
        return this.done && this.until != ServerTime.NEVER && item.accessed() <= this.until;
    }

}
