package io.memlink.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.MemlinkClientBuilder;
import io.memlink.SimulatedMemlink;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.Failover;
import io.memlink.link.LinkResources;
import io.memlink.link.SimulatedResources;
import io.memlink.link.loop.PolledLoop;
import io.memlink.link.transport.SimulatedTransport;
import io.memlink.placement.Backend;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** A client in a simulation, and the host that it is on. */
final class SimulatedClient {

    /** More turns at one moment than that are no progress. */
    private static final int MOST_TURNS = 100_000;

    /** How often somebody looks who waits for its end. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final int number;

    private final SimulatedTime time;

    /** One for each time it was started. */
    private final List<SimulatedResources> resources = new ArrayList<>();

    private final MemlinkClientBuilder builder;

    private final Supplier<LinkResources> factory;

    private final int clients;

    /** One for each application that was here. */
    private final List<SimulatedMemlink> memlinks = new ArrayList<>();

    private final Trace trace;

    private Application application = Application.NOTHING_ELSE;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);

    /** Backends that were ejected, and may be kept out for long. */
    private final Set<String> ejected = new HashSet<>();

    private final List<Machine> firstBackends;

    private List<Machine> backends;

    /** What is due while it stands still. */
    private final List<Runnable> waiting = new ArrayList<>();

    private boolean stopping;

    /** Whether it is not to begin again, but another one. */
    private boolean forGood;

    /** What is to be done once it has ended. */
    private @Nullable Runnable next;

    private int paused;

    private long pausedSinceNanos;

    private long pausedNanos;

    SimulatedClient(int number, SimulatedTime time, Network network, Settings settings, Chance chance, Trace trace,
            List<Machine> backends, List<Machine> gutters) {
        this.number = number;
        this.time = time;
        this.trace = trace;
        this.clients = settings.clients();
        this.firstBackends = backends;
        this.backends = backends;
        this.builder = MemlinkClient.builder()
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
            this.builder.failover(Failover.gutter(gutters.stream().map(Machine::address).toList(),
                    Duration.ofSeconds(Simulation.GUTTER_SECONDS)));
        }
        if (settings.callbacksElsewhere()) {
            this.builder.callbackExecutor(new Saboteurs.CallbackExecutor(chance, time));
        }
        this.factory = () -> {
            SimulatedResources made = SimulatedResources.of(settings.loops(),
                    new SimulatedTransport(SimulatedChannel.class), chance, this.allocator, (host) -> {
                        throw new IllegalStateException(host);
                    }, new SimulatedThreads(time, chance), new HostTicker(time, network, number), time);
            this.resources.add(made);
            return made.resources();
        };
        this.memlinks.add(SimulatedMemlink.start(this.builder, this.factory));
    }

    void belongsTo(Application application) {
        this.application = application;
    }

    private List<PolledLoop> loops() {
        return this.resources.stream().flatMap((each) -> each.loops().stream()).toList();
    }

    int number() {
        return this.number;
    }

    /** Returns the number of the application that it belongs to at the moment. */
    int application() {
        return this.number + (this.memlinks.size() - 1) * this.clients;
    }

    /** Returns the numbers of all that it has belonged to, the last of which is there. */
    List<Integer> applications() {
        return Stream.iterate(this.number, (last) -> last + this.clients).limit(this.memlinks.size()).toList();
    }

    /** Ends the simulation, as something is not as it has to be. */
    void fail(String what) {
        throw new Violation("client " + this.number + ": " + what);
    }

    MemlinkClient memlink() {
        return current().client();
    }

    private SimulatedMemlink current() {
        return this.memlinks.get(this.memlinks.size() - 1);
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
        memlink().membership()
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
        this.memlinks.forEach((each) -> each.leftOvers().forEach(found));
        this.application.leftOvers().forEach(found);
        return left;
    }

    boolean isRunning() {
        return memlink().isRunning() && !this.stopping;
    }

    /**
     * Stops it, once its application is ready for that.
     * @param forGood whether another one takes its place
     */
    void stop(boolean forGood) {
        this.forGood |= forGood;
        if (isRunning()) {
            this.stopping = true;
            this.trace.note("client " + this.number + " is stopped");
            after(0, () -> this.application.stop(() -> onItsLoop(() -> {
                memlink().stop();
                awaitEnd();
            })));
        }
    }

    private void awaitEnd() {
        after(LOOK_NANOS, () -> {
            // What is closed last.
            if (!lastResources().loops().get(0).loop().isShuttingDown()) {
                awaitEnd();
                return;
            }
            this.stopping = false;
            this.trace.note("client " + this.number + " has stopped");
            Runnable next = this.next;
            this.next = null;
            if (next != null) {
                next.run();
            }
        });
    }

    /**
     * Starts it once it has ended, or another one in its place, as it was made.
     * @param routesChange told of the application where that moves keys
     */
    void startAgain(IntConsumer routesChange) {
        if (this.stopping) {
            this.next = () -> startAgain(routesChange);
        }
        else if (!memlink().isRunning()) {
            after(0, () -> begin(routesChange));
        }
    }

    private void begin(IntConsumer routesChange) {
        if (memlink().isRunning()) {
            return;
        }
        this.trace.note("client " + this.number + (this.forGood ? " is replaced" : " starts again"));
        boolean moved = !this.backends.equals(this.firstBackends);
        this.backends = this.firstBackends;
        if (this.forGood) {
            this.forGood = false;
            this.application.end();
            memlink().close();
            this.memlinks.add(SimulatedMemlink.start(this.builder, this.factory));
            this.application.beginAnew();
            return;
        }
        if (moved) {
            routesChange.accept(application());
        }
        memlink().start();
        this.application.startAgain();
    }

    /** Ends it, as somebody does who does not wait for that. */
    void close() {
        onItsLoop(memlink()::close);
    }

    /** Where nobody waits for what the loops do. */
    private void onItsLoop(Runnable action) {
        lastResources().loops().get(0).loop().execute(action);
    }

    private SimulatedResources lastResources() {
        return this.resources.get(this.resources.size() - 1);
    }

    long heldBytes() {
        return this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory();
    }

}
