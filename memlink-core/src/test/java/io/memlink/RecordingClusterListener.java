package io.memlink;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.ServerAddress;
import io.memlink.error.MemlinkException;

/**
 * Remembers what happened to the backends of a client.
 */
final class RecordingClusterListener implements ClusterListener {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void stateChanged(ServerAddress backend, State before, State after, MemlinkException cause) {
        this.events.add(backend.id() + ": " + before + " > " + after);
        throw new IllegalStateException("has no effect");
    }

    @Override
    public void membershipChanged(long generation, List<ServerAddress> added, List<ServerAddress> removed) {
        this.events.add(generation + ": +" + added + " -" + removed);
    }

    @Override
    public void journalOverflowed(ServerAddress backend, int depth) {
        this.events.add(backend.id() + ": overflow at " + depth);
    }

    @Override
    public void journalSettled(ServerAddress backend, Settlement settlement, int keys) {
        this.events.add(backend.id() + ": " + settlement + " " + keys);
    }

    List<String> events() {
        return this.events;
    }

}
