package io.memlink.cluster.journal;

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
        this(new Journals(), new Journals());
    }

}
