package io.memlink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.error.MemlinkException;
import io.memlink.placement.Backend;

/**
 * Remembers what happened to the backends of a client.
 */
final class RecordingClusterListener implements ClusterListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(Backend backend, State before, State after, MemlinkException cause) {
        this.events.add(backend.id() + ": " + before + " > " + after);
        throw new IllegalStateException("has no effect");
    }

    @Override
    public void membershipChanged(long generation, List<Backend> added, List<Backend> removed) {
        this.events.add(generation + ": +" + added + " -" + removed);
    }

    @Override
    public void journalOverflowed(Backend backend, int depth) {
        this.events.add(backend.id() + ": overflow at " + depth);
    }

    @Override
    public void journalSettled(Backend backend, Settlement settlement, int keys) {
        this.events.add(backend.id() + ": " + settlement + " " + keys);
    }

    List<String> events() {
        return this.events;
    }

}
