package io.memlink.simulation;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.RequestObserver;
import io.memlink.error.MemlinkException;
import io.memlink.meta.MetaRequest;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;

/** Code of applications that fails now and then. */
final class Saboteurs {

    private static final double FAILS = 0.02;

    private Saboteurs() {
    }

    private static void fail(Chance chance) {
        if (chance.hits(FAILS)) {
            if (chance.hits(0.5)) {
                throw new IllegalStateException("sabotage");
            }
            throw new AssertionError("sabotage");
        }
    }

    /**
     * Throws before or after it has sent, and lets others do something before it does.
     */
    record Observer(Chance chance, Consumer<MetaRequest<?>> others) implements RequestObserver {

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> observe(Backend owner, MetaRequest<?> request,
                Supplier<CompletableFuture<T>> send) {
            fail(this.chance);
            this.others.accept(request);
            CompletableFuture<T> sent = send.get();
            fail(this.chance);
            return sent;
        }

    }

    /** Throws when it is told something, and writes down the rest. */
    record Listener(Chance chance, int client, Trace trace, Set<String> ejected) implements ClusterListener {

        @Override
        public void stateChanged(Backend backend, State before, State after, @Nullable MemlinkException cause) {
            this.trace.note("client " + this.client + ": " + backend.hostAndPort() + " " + before + " > " + after);
            if (after == State.EJECTED) {
                this.ejected.add(backend.hostAndPort());
            }
            fail(this.chance);
        }

        @Override
        public void connected(Backend backend) {
            this.trace.note("client " + this.client + ": " + backend.hostAndPort() + " connected");
            fail(this.chance);
        }

        @Override
        public void disconnected(Backend backend, MemlinkException cause) {
            this.trace.note("client " + this.client + ": " + backend.hostAndPort() + " lost: " + cause.getMessage());
            fail(this.chance);
        }

    }

    /** Takes its time, and sometimes no more tasks. */
    record CallbackExecutor(Chance chance, SimulatedTime time) implements Executor {

        @Override
        public void execute(Runnable task) {
            if (this.chance.hits(FAILS)) {
                throw new RejectedExecutionException("sabotage");
            }
            this.time.after(this.chance.seldomMany(0, 20), task);
        }

    }

}
