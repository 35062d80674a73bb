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
import io.memlink.link.loop.DrivenLoop;
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
    private final List<Run> runs = new ArrayList<>();

    /** The loops of those that have not ended. */
    private final List<PolledLoop> loops = new ArrayList<>();

    private final Supplier<MemlinkClientBuilder> settings;

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

    /** Whether the run that began last is being stopped. */
    private boolean stopping;

    /** How many runs are being stopped, some of which others have followed. */
    private int ending;

    /** Whether it is not to begin again, but another one. */
    private boolean forGood;

    /** What is to be done once all its runs have ended. */
    private @Nullable Runnable next;

    private int paused;

    private long pausedSinceNanos;

    private long pausedNanos;

    /**
     * What there is from a start to the end of a stop.
     *
     * @param resources of the client
     * @param threads of these
     * @param ticker of these
     */
    private record Run(SimulatedResources resources, SimulatedThreads threads, HostTicker ticker) {

        DrivenLoop loop() {
            return this.resources.loops().get(0).loop();
        }

        boolean isShuttingDown() {
            return this.resources.loops().stream().allMatch((each) -> each.loop().isShuttingDown());
        }

        void end() {
            this.ticker.end();
            this.threads.end();
        }

    }

    SimulatedClient(int number, SimulatedTime time, Network network, Settings settings, Chance chance, Trace trace,
            List<Machine> backends, List<Machine> gutters) {
        this.number = number;
        this.time = time;
        this.trace = trace;
        this.clients = settings.clients();
        this.firstBackends = backends;
        this.backends = backends;
        this.settings = () -> settings(settings, chance, gutters);
        this.factory = () -> {
            SimulatedThreads threads = new SimulatedThreads(time, chance);
            HostTicker ticker = new HostTicker(time, network, number);
            SimulatedResources made = SimulatedResources.of(settings.loops(),
                    new SimulatedTransport(SimulatedChannel.class), chance, this.allocator, (host) -> {
                        throw new IllegalStateException(host);
                    }, threads, ticker, time);
            this.runs.add(new Run(made, threads, ticker));
            this.loops.addAll(made.loops());
            return made.resources();
        };
        this.memlinks.add(SimulatedMemlink.start(this.settings, this.factory));
    }

    private MemlinkClientBuilder settings(Settings settings, Chance chance, List<Machine> gutters) {
        MemlinkClientBuilder builder = MemlinkClient.builder()
            .backends(this.backends.stream().map(Machine::address).toList())
            .poolSize(settings.poolSize())
            .requestTimeout(settings.requestTimeout())
            .closeTimeout(Duration.ofSeconds(1))
            .maxAge(Duration.ofMillis(settings.maxAgeMillis()).multipliedBy(settings.pace().factor()))
            .maxInFlight(settings.maxInFlight())
            .ioThreads(settings.loops())
            .requestObserver(new Saboteurs.Observer(chance, (request) -> this.application.sends(request)))
            .clusterListener(new Saboteurs.Listener(chance, this.number, this.trace, this.ejected));
        if (!gutters.isEmpty()) {
            builder.failover(Failover.gutter(gutters.stream().map(Machine::address).toList(),
                    Duration.ofSeconds(Simulation.GUTTER_SECONDS)));
        }
        if (settings.callbacksElsewhere()) {
            builder.callbackExecutor(new Saboteurs.CallbackExecutor(chance, this.time));
        }
        return builder;
    }

    void belongsTo(Application application) {
        this.application = application;
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

    List<Machine> firstBackends() {
        return this.firstBackends;
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
        // A turn may start the client again.
        for (PolledLoop loop : List.copyOf(this.loops)) {
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
        return this.loops.stream().mapToLong(PolledLoop::nextTimerNanos).min().orElse(SimulatedTime.NEVER);
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
        for (Run run : this.runs) {
            SimulatedResources each = run.resources();
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

    /** Returns whether it waits for nothing. */
    boolean isIdle() {
        return memlink().backends().stream().allMatch((backend) -> backend.inFlight() == 0);
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
            this.ending++;
            this.trace.note("client " + this.number + " is stopped");
            Run run = lastRun();
            after(0, () -> this.application.stop(() -> onItsLoop(() -> {
                memlink().stop();
                awaitEnd(run);
            })));
        }
    }

    private void awaitEnd(Run run) {
        after(LOOK_NANOS, () -> {
            // What is closed last.
            if (!run.isShuttingDown()) {
                awaitEnd(run);
                return;
            }
            run.end();
            this.loops.removeAll(run.resources().loops());
            this.ending--;
            this.stopping &= run != lastRun();
            this.trace.note("client " + this.number + " has stopped");
            Runnable next = this.next;
            if (next != null && this.ending == 0) {
                this.next = null;
                next.run();
            }
        });
    }

    /**
     * Starts it once it has ended, or another one in its place, as it was made.
     * @param hasty whether it need not have ended, but where an application or another
     * client has to wait for that
     * @param list of the servers that it uses from now on
     * @param routesChange told of the application where that moves keys
     */
    void startAgain(boolean hasty, List<Machine> list, IntConsumer routesChange) {
        boolean waits = !hasty || this.forGood || this.application != Application.NOTHING_ELSE;
        if (this.stopping && (waits || memlink().isRunning())) {
            this.next = () -> startAgain(hasty, list, routesChange);
        }
        else if (!memlink().isRunning()) {
            after(0, () -> begin(list, routesChange));
        }
    }

    private void begin(List<Machine> list, IntConsumer routesChange) {
        if (memlink().isRunning()) {
            return;
        }
        if (this.forGood && this.ending > 0) {
            this.next = () -> startAgain(false, list, routesChange);
            return;
        }
        this.trace.note("client " + this.number
                + (this.forGood ? " is replaced"
                        : (this.ending > 0) ? " starts again before it has stopped" : " starts again")
                + (list.equals(this.firstBackends) ? "" : " with " + list));
        // What is under way in an earlier run is behind nothing of this one.
        boolean moved = !this.backends.equals(list) || this.ending > 0;
        this.backends = list;
        this.stopping = false;
        if (this.forGood) {
            this.forGood = false;
            this.application.end();
            memlink().close();
            this.memlinks.add(SimulatedMemlink.start(this.settings, this.factory));
            this.application.beginAnew();
            if (moved) {
                // Others have what it had elsewhere.
                routesChange.accept(application());
            }
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
        lastRun().loop().execute(action);
    }

    private Run lastRun() {
        return this.runs.get(this.runs.size() - 1);
    }

    long heldBytes() {
        return this.allocator.metric().usedHeapMemory() + this.allocator.metric().usedDirectMemory();
    }

}
