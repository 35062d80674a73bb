package io.memlink.cluster;

import java.time.Instant;

import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/**
 * The condition of a backend at one moment. Immutable.
 *
 * @param address the backend
 * @param state whether it can be used
 * @param since when it entered this state
 * @param lastFailure the latest failure that counted against it; {@code null} where there
 * was none
 * @param version what the server calls its version; {@code null} until it was greeted
 * @param connections how many of its connections are usable
 * @param poolSize how many connections there should be
 * @param inFlight how many requests were written to it and are unanswered
 * @param pendingBytes how many bytes all requests have together that were accepted for it
 * and have not ended, whether they were written or not
 * @param journalDepth how many keys have a delete that it has not been told of
 * @param journalLost how many deletes it will never be told of, because its journal was
 * full
 * @since 0.1.0
 */
public record BackendStatus(Backend address, State state, Instant since, @Nullable MemlinkException lastFailure,
        @Nullable String version, int connections, int poolSize, int inFlight, long pendingBytes, int journalDepth,
        long journalLost) {

    /** A state of a backend, which decides whether it can be used. */
    public enum State {

        /** It is used. */
        UP,

        /** The first attempt to connect is in progress; requests wait for it. */
        CONNECTING,

        /** There is no connection; requests fail at once. */
        DOWN,

        /** It answers too late or with errors; requests fail at once, probes go on. */
        EJECTED,

        /**
         * It answers again, and is being told what it missed; requests still fail at
         * once.
         */
        RETURNING,

        /** Somebody took it out by hand; requests fail at once until it is put back. */
        DRAINED

    }

}
