package io.memlink.spring.cache.fence;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.meta.Done;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaSet;
import org.jspecify.annotations.Nullable;

/**
 * Rights that are given back because they are not used: the next reader may have them.
 * Nothing is done to an item that was changed meanwhile. Never blocks, never throws.
 */
final class GivenBack {

    private static final long NO_TOKEN = 0;

    private final MemlinkClient client;

    GivenBack(MemlinkClient client) {
        this.client = client;
    }

    /**
     * Gives a right back.
     * @param age how long ago it was given
     * @return the token of the item since; 0 where nobody knows it
     */
    CompletableFuture<Long> give(Ticket ticket, Duration age) {
        try {
            Key key = Key.of(ticket.item());
            return switch (ticket.right()) {
                case PLACEHOLDER -> send(MetaDelete.builder(key).compareCas(ticket.casToken()).build());
                case EVICTED -> send(MetaDelete.builder(key).compareCas(ticket.casToken()).markStale().build());
                case OLD -> storeAgain(key, ticket, age);
                case NOTHING, UNKNOWN, UNFENCED, SHARED -> CompletableFuture.completedFuture(NO_TOKEN);
            };
        }
        catch (RuntimeException ex) {
            // The client is closed; the item ends by itself.
            return CompletableFuture.completedFuture(NO_TOKEN);
        }
    }

    private CompletableFuture<Long> send(MetaDelete delete) {
        return this.client.send(delete).handle((reply, failure) -> NO_TOKEN);
    }

    /** The server forgets whom it chose only where an item is stored. */
    private CompletableFuture<Long> storeAgain(Key key, Ticket ticket, Duration age) {
        EncodedValue value = ticket.value();
        Duration before = ticket.timeToLive();
        Duration left = (before != null) ? before.minus(age) : null;
        if (value == null || (left != null && (left.isNegative() || left.isZero()))) {
            return CompletableFuture.completedFuture(NO_TOKEN);
        }
        MetaSet set = MetaSet.builder(key, value.data())
            .clientFlags(value.flags())
            .expiration((left != null) ? Expiration.after(left) : Expiration.never())
            .compareCas(ticket.casToken())
            .fill()
            .casToken()
            .build();
        return this.client.send(set).handle((reply, failure) -> token(reply));
    }

    private static long token(@Nullable MetaReply reply) {
        return (reply instanceof Done done) ? done.casToken() : NO_TOKEN;
    }

}
