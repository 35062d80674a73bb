package io.memlink.spring.cache.fence;

import java.time.Duration;

import io.memlink.meta.EncodedValue;
import io.memlink.meta.Hit;
import org.jspecify.annotations.Nullable;

/**
 * The information that a read gives about storing what is loaded after it. Immutable.
 *
 * @param item the name of the item that was read
 * @param casToken its CAS token; 0 where there is none
 * @param right what the reader was given
 * @param value the value that others go on using meanwhile; {@code null} for none
 * @param timeToLive how long that is still kept; {@code null} for ever
 */
public record Ticket(String item, long casToken, Right right, @Nullable EncodedValue value,
        @Nullable Duration timeToLive) {

    /**
     * Returns the ticket of a reader that has no token, and may not store.
     * @param item the name of the item
     * @return the ticket
     */
    public static Ticket nothing(String item) {
        return new Ticket(item, 0, Right.NOTHING, null, null);
    }

    /**
     * Returns the ticket of a reader who could not ask the server.
     * @param key the key, as nobody knows how its item is called
     * @return the ticket
     */
    public static Ticket unknown(String key) {
        return new Ticket(key, 0, Right.UNKNOWN, null, null);
    }

    /**
     * Returns the ticket of a reader that stores whatever happened meanwhile.
     * @param item the name of the item
     * @return the ticket
     */
    public static Ticket unfenced(String item) {
        return new Ticket(item, 0, Right.UNFENCED, null, null);
    }

    /**
     * Returns the ticket of an item that is there, be it only as a placeholder.
     * @param item its name
     * @param hit the reply
     * @param value its value, if it is in use
     * @return the ticket
     */
    public static Ticket of(String item, Hit hit, @Nullable EncodedValue value) {
        if (hit.casToken() == 0) {
            // Started without CAS tokens.
            return unfenced(item);
        }
        return switch (hit.state()) {
            case LEASE_WON -> new Ticket(item, hit.casToken(), Right.PLACEHOLDER, null, null);
            case STALE_WON -> new Ticket(item, hit.casToken(), Right.EVICTED, value, hit.timeToLive());
            case REFRESH_WON -> new Ticket(item, hit.casToken(), Right.OLD, value, hit.timeToLive());
            case FRESH, STALE, LEASE_TAKEN -> new Ticket(item, hit.casToken(), Right.SHARED, null, null);
        };
    }

    /**
     * Returns the ticket of a reader that was chosen to replace a value it knows.
     * @param item the name of the item
     * @param hit the reply, without the value
     * @param value the value
     * @return the ticket
     */
    public static Ticket refreshing(String item, Hit hit, EncodedValue value) {
        return new Ticket(item, hit.casToken(), hit.stale() ? Right.EVICTED : Right.OLD, value, hit.timeToLive());
    }

    /** Returns the ticket of the same item under the token it has since. */
    Ticket sharing(long casToken) {
        return new Ticket(this.item, casToken, Right.SHARED, null, null);
    }

    /** The right that a reader was given. */
    public enum Right {

        /** Nothing: what is loaded is not stored. */
        NOTHING,

        /** Nothing, and what is there may be old. */
        UNKNOWN,

        /** To store, whatever happened: nobody can tell. */
        UNFENCED,

        /** The token, which others have as well. */
        SHARED,

        /** The token, and the placeholder that was made for it. */
        PLACEHOLDER,

        /** The token, and the right to replace an entry that was softly evicted. */
        EVICTED,

        /** The token, and the right to replace an entry that is, or will be, too old. */
        OLD

    }

}
