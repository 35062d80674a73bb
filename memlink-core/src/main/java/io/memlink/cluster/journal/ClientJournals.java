package io.memlink.cluster.journal;

import java.util.stream.Stream;

import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.placement.Backend;

/**
 * The journals of a client, which outlive its stops: what it could not do, or was asked
 * to do while it was stopped, is delivered when it has started again. Safe for use by
 * many threads.
 *
 * @param backends of those that keys belong to
 * @param gutter of those that stand in for them
 */
public record ClientJournals(Journals backends, Journals gutter) {

    public ClientJournals() {
        this(new Journals());
    }

    private ClientJournals(Journals gutter) {
        this(new Journals(gutter), gutter);
    }

    /**
     * Passes on what anybody is owed to all who may have the keys from now on. For a
     * start, whose list of backends may be another one than that of the run before, and
     * before anything is read.
     */
    public void passOn() {
        Stream.concat(this.backends.all().stream(), this.gutter.all().stream())
            .forEach((journal) -> journal.entries()
                .forEach((entry) -> this.backends.oweElsewhere(entry.key(), Owed.DELETE, Backend.UNDISCOVERED,
                        journal)));
    }

}
