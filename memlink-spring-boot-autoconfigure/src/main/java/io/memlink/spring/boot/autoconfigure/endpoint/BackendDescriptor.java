package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Instant;

import io.memlink.cluster.BackendStatus;
import org.jspecify.annotations.Nullable;

/**
 * One backend, as the endpoint shows it.
 *
 * @param id who it is
 * @param address where it is
 * @param weight how much it bears beside the others
 * @param share which part of the keys it owns; {@code null} in the gutter
 * @param state whether it is used
 * @param since when it came to be in this state
 * @param version what the server calls its version; {@code null} where it was never
 * greeted
 * @param connections how many connections are usable
 * @param poolSize how many connections there should be
 * @param inFlight how many requests are under way
 * @param pendingBytes how many bytes these have
 * @param journal deletes that are still to be delivered, and those that were lost
 * @param lastFailure the latest failure that counted against it; {@code null} where there
 * was none
 * @since 0.1.0
 */
public record BackendDescriptor(String id, String address, int weight, @Nullable Double share, String state,
        Instant since, @Nullable String version, int connections, int poolSize, int inFlight, long pendingBytes,
        JournalDescriptor journal, @Nullable String lastFailure) {

    static BackendDescriptor of(BackendStatus backend, @Nullable Double share) {
        String failure = (backend.lastFailure() != null) ? backend.lastFailure().getMessage() : null;
        return new BackendDescriptor(backend.address().id(), backend.address().hostAndPort(),
                backend.address().weight(), share, backend.state().name(), backend.since(), backend.version(),
                backend.connections(), backend.poolSize(), backend.inFlight(), backend.pendingBytes(),
                new JournalDescriptor(backend.journalDepth(), backend.journalLost()), failure);
    }

    /**
     * The deletes that a backend was not told of.
     *
     * @param depth keys that it has yet to be told of
     * @param lost keys that it will never be told of
     */
    public record JournalDescriptor(int depth, long lost) {

    }

}
