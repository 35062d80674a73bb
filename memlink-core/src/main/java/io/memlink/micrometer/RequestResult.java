package io.memlink.micrometer;

import java.util.Locale;
import java.util.concurrent.CancellationException;

import io.memlink.error.MemlinkClosedException;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.error.MemlinkOverloadedException;
import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.error.MemlinkTimeoutException;
import io.memlink.error.Outcome;
import io.memlink.meta.Done;
import io.memlink.meta.Hit;
import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaReply.NotStored;
import org.jspecify.annotations.Nullable;

/** The end of a request, as the tag {@code outcome}. */
enum RequestResult {

    HIT, STALE, MISS, STORED, NOT_STORED, EXISTS, DONE, TIMEOUT, OVERLOADED, UNAVAILABLE, LOST, REJECTED, VIOLATION,
    CLOSED, CANCELLED, ERROR;

    private final String tag = name().toLowerCase(Locale.ROOT);

    static RequestResult of(Operation operation, @Nullable Object reply, @Nullable Throwable failure) {
        return (failure != null) ? ofFailure(failure) : ofReply(operation, reply);
    }

    private static RequestResult ofReply(Operation operation, @Nullable Object reply) {
        if (reply instanceof Hit hit) {
            return hit.stale() ? STALE : hit.isPlaceholder() ? MISS : HIT;
        }
        if (reply instanceof Miss) {
            return MISS;
        }
        if (reply instanceof Done) {
            return (operation == Operation.SET) ? STORED : DONE;
        }
        if (reply instanceof Exists) {
            return EXISTS;
        }
        return (reply instanceof NotStored) ? NOT_STORED : DONE;
    }

    private static RequestResult ofFailure(Throwable failure) {
        if (failure instanceof MemlinkConnectionException connection) {
            return (connection.outcome() == Outcome.NOT_SENT) ? UNAVAILABLE : LOST;
        }
        if (failure instanceof MemlinkTimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof MemlinkOverloadedException) {
            return OVERLOADED;
        }
        if (failure instanceof MemlinkServerException) {
            return REJECTED;
        }
        if (failure instanceof MemlinkProtocolException) {
            return VIOLATION;
        }
        if (failure instanceof MemlinkClosedException) {
            return CLOSED;
        }
        return (failure instanceof CancellationException) ? CANCELLED : ERROR;
    }

    String tag() {
        return this.tag;
    }

}
