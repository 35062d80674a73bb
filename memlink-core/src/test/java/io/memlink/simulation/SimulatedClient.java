package io.memlink.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.SimulatedMemlink;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Failover;
import io.memlink.link.SimulatedResources;
import io.memlink.link.loop.PolledLoop;
import io.memlink.link.transport.SimulatedTransport;
import io.memlink.placement.Backend;
import io.netty.buffer.UnpooledByteBufAllocator;

/** A client in a simulation, and the host that it is on. */
final class SimulatedClient {

    /** More turns at one moment than that are no progress. */
    private static final int MOST_TURNS = 100_000;

    private final int number;

    private final SimulatedTime time;

    /** One for each time it was started. */
    private final List<SimulatedResources> resources = new ArrayList<>();

    private final SimulatedMemlink memlink;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    /** Backends that were ejected, and may be kept out for long. */
    private final Set<String> ejected = new HashSet<>();

    private final List<Machine> firstBackends;

    private List<Machine> backends;

    /** What is due while it stands still. */
    private final List<Runnable> waiting = new ArrayList<>();

    private int paused;

    private long pausedSinceNanos;

    private long pausedNanos;

    SimulatedClient(int number, SimulatedTime time, Network network, Settings settings, Chance chance, Trace trace,
            List<Machine> backends, List<Machine> gutters) {
        this.number = number;
        this.time = time;
        this.firstBackends = backends;
        this.backends = backends;
        MemlinkClientBuilder builder = MemlinkClient.builder()
            .backends(backends.stream().map(Machine::address).toList())
            .poolSize(settings.poolSize())
            .requestTimeout(settings.requestTimeout())
            .closeTimeout(Duration.ofSeconds(1))
            .maxAge(Duration.ofMillis(settings.maxAgeMillis()))
            .maxInFlight(settings.maxInFlight())
            .ioThreads(settings.loops())
            .requestObserver(new Saboteurs.Observer(chance))
            .clusterListener(new Saboteurs.Listener(chance, number, trace, this.ejected));
        if (!gutters.isEmpty()) {
            builder.failover(Failover.gutter(gutters.stream().map(Machine::address).toList(),
                    Duration.ofSeconds(Simulation.GUTTER_SECONDS)));
        }
        if (settings.callbacksElsewhere()) {
            builder.callbackExecutor(new Saboteurs.CallbackExecutor(chance, time));
        }
        this.memlink = SimulatedMemlink.start(builder, () -> {
            SimulatedResources made = SimulatedResources.of(settings.loops(),
                    new SimulatedTransport(SimulatedChannel.class), chance, this.allocator, (host) -> {
                        throw new IllegalStateException(host);
                    }, new SimulatedThreads(time, chance), new HostTicker(time, network, number), time);
            this.resources.add(made);
            return made.resources();
        });
    }

    private List<PolledLoop> loops() {
        return this.resources.stream().flatMap((each) -> each.loops().stream()).toList();
    }

    int number() {
        return this.number;
    }

    /** Ends the simulation, as something is not as it has to be. */
    void fail(String what) {
        throw new Violation("client " + this.number + ": " + what);
    }

    MemlinkClient memlink() {
        return this.memlink.client();
    }

    List<Machine> backends() {
        return this.backends;
    }

    // Its event loops

    /** Does what is due; returns whether there was something. */
    boolean poll() {
        if (this.paused > 0) {
            return false;
        }
        boolean busy = false;
        for (PolledLoop loop : loops()) {
            int turns = 0;
            while (loop.isDue(this.time.nanoTime())) {
                loop.poll();
                busy = true;
                turns++;
                if (turns > MOST_TURNS) {
                    throw new Violation("client " + this.number + ": its event loop never rests");
                }
            }
        }
        return busy;
    }

    /** Returns when the first timer is due. */
    long nextNanos() {
        if (this.paused > 0) {
            return SimulatedTime.NEVER;
        }
        return loops().stream().mapToLong(PolledLoop::nextTimerNanos).min().orElseThrow();
    }

    // Faults

    void pause() {
        if (this.paused == 0) {
            this.pausedSinceNanos = this.time.nanoTime();
        }
        this.paused++;
    }

    void resume() {
        this.paused--;
        if (this.paused == 0) {
            this.pausedNanos += this.time.nanoTime() - this.pausedSinceNanos;
            List<Runnable> ready = List.copyOf(this.waiting);
            this.waiting.clear();
            ready.forEach((task) -> after(0, task));
        }
    }

    /** Does something on this host after a while, if it does not stand still then. */
    void after(long nanos, Runnable task) {
        this.time.after(nanos, () -> {
            if (this.paused > 0) {
                this.waiting.add(task);
            }
            else {
                task.run();
            }
        });
    }

    boolean isPaused() {
        return this.paused > 0;
    }

    /** Returns how long it has stood still in all. */
    long pausedNanos() {
        return this.pausedNanos;
    }

    boolean hasEjected(Backend backend) {
        return this.ejected.contains(backend.hostAndPort());
    }

    void use(List<Machine> machines) {
        this.backends = machines;
        this.memlink.client()
            .membership()
            .apply(machines.stream().map((machine) -> Backend.parse(machine.address())).toList(), true);
    }

    // What is left at the end

    /** Returns everything that is not as it was at the beginning. */
    List<String> leftOvers() {
        List<String> left = new ArrayList<>();
        Consumer<String> found = (what) -> left.add("client " + this.number + ": " + what);
        for (SimulatedResources each : this.resources) {
            if (each.pending() != 0 || each.pendingBytes() != 0) {
                found.accept(each.pending() + " permits, " + each.pendingBytes() + " bytes");
            }
        }
        for (BackendStatus status : memlink().backends()) {
            if (status.inFlight() != 0 || status.pendingBytes() != 0 || status.journalDepth() != 0) {
                found.accept(status.toString());
            }
        }
        this.memlink.leftOvers().forEach(found);
        return left;
    }

    /** Ends it, as somebody does who does not wait for that. */
    void close() {
        onItsLoop(memlink()::close);
    }

    /** Begins anew, as it was made, and tells when it does. */
    void start(Runnable started) {
        onItsLoop(() -> {
            if (!memlink().isRunning()) {
                memlink().start();
                this.backends = this.firstBackends;
                started.run();
            }
        });
    }

    /** Where nobody waits for what the loops do. */
    private void onItsLoop(Runnable action) {
        this.resources.get(this.resources.size() - 1).loops().get(0).loop().execute(action);
    }

    long heldBytes() {
        return this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory();
    }

}
