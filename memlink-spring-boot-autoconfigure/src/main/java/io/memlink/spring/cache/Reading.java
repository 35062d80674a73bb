package io.memlink.spring.cache;

import io.memlink.meta.EncodedValue;
import io.memlink.spring.cache.fence.Ticket;
import org.jspecify.annotations.Nullable;

/**
 * The reading of a key: what was found there.
 *
 * @param value the value as bytes, not to be changed; {@code null} where there is none,
 * or it is this reader's part to load it again
 * @param stale whether it is past its time to live, or was evicted softly
 * @param ticket what a put that follows needs
 */
record Reading(@Nullable EncodedValue value, boolean stale, Ticket ticket) {

    static Reading missing(Ticket ticket) {
        return new Reading(null, false, ticket);
    }

    /** Returns whether this reader was chosen to load what others go on using. */
    boolean isChosen() {
        return this.ticket.right() == Ticket.Right.OLD || this.ticket.right() == Ticket.Right.EVICTED;
    }

}
