package io.memlink.embedded.store;

/**
 * The CAS ids of one server, counted up for the whole server rather than for each item.
 * Confined to the thread of the server.
 */
final class CasIds {

    private long next;

    CasIds(long first) {
        this.next = first;
    }

    /**
     * Returns the id a client chose or, for 0, one that is used up by this.
     */
    long orNext(long chosen) {
        return (chosen != 0) ? chosen : this.next++;
    }

}
