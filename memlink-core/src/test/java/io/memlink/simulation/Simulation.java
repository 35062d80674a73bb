package io.memlink.simulation;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.netty.resolver.DefaultAddressResolverGroup;
import org.jspecify.annotations.Nullable;

/**
 * Clients, servers, network and time in one thread. A seed decides everything: the
 * settings, the faults, what is called, and when what arrives. While faults come and go,
 * callers call; then all is set right, and everything has to work again, and nothing must
 * be left over.
 */
final class Simulation {

    static final int GUTTER_SECONDS = 3;

    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long seed;

    private final Workload.Type type;

    private final SimulatedTime time = new SimulatedTime();

    private final Trace trace;

    private final Settings settings;

    private final List<Fault> script;

    private final Workload workload;

    private final List<Machine> machines = new ArrayList<>();

    private final List<SimulatedClient> clients = new ArrayList<>();

    private final Faults faults;

    /**
     * What a simulation has come to.
     *
     * @param seed that it can be repeated from
     * @param type what it was a simulation of
     * @param settings what it had
     * @param script what went wrong
     * @param violation the promise that was broken, if one was
     * @param steps how many steps there were
     * @param hash the same where the same has happened
     * @param nanos how long it was, as simulated
     * @param calls how many there were
     * @param faults how many there were of each kind
     */
    record Result(long seed, Workload.Type type, String settings, List<Fault> script, @Nullable Violation violation,
            long steps, long hash, long nanos, int calls, Map<FaultKind, Integer> faults) {

        @Override
        public String toString() {
            String end = (this.violation == null) ? "no violation"
                    : "step " + this.steps + ": " + this.violation.getMessage();
            return "seed " + this.seed + ", " + end;
        }

    }

    private Simulation(long seed, Workload.Type type, UnaryOperator<List<Fault>> leaveOut, @Nullable PrintStream out) {
        this.seed = seed;
        this.type = type;
        this.trace = new Trace(this.time, out);
        this.settings = type.settings(seed,
                Settings.of(new Chance(seed, "settings"), Pace.of(new Chance(seed, "days"), STORM_NANOS)));
        this.script = leaveOut.apply(Fault.script(new Chance(seed, "script"), this.settings, STORM_NANOS));
        List<Machine> gutters = new ArrayList<>();
        this.workload = type
            .create(new Workload.World(seed, this.time, this.trace, this.settings, this.machines, gutters));
        Network network = new Network(this.time, new Chance(seed, "network"), this.settings, this.workload.chronicle());
        List<Machine> servers = addMachines(network, "10.0.0.", this.settings.servers() + this.settings.spares());
        gutters.addAll(addMachines(network, "10.0.1.", this.settings.gutters()));
        for (int i = 0; i < this.settings.clients(); i++) {
            SimulatedClient client = new SimulatedClient(i, this.time, network, this.settings,
                    new Chance(seed, "client " + i), this.trace, servers.subList(0, this.settings.servers()), gutters);
            this.clients.add(client);
            client.belongsTo(this.workload.use(client));
        }
        this.faults = new Faults(this.time, network, this.machines, servers, this.clients, this.workload.chronicle(),
                this.trace, this.settings);
    }

    private List<Machine> addMachines(Network network, String prefix, int count) {
        return Stream.iterate(1, (i) -> i + 1).limit(count).map((i) -> {
            Machine machine = new Machine(prefix + i, this.time, new Chance(this.seed, prefix + i), this.settings,
                    this.workload.chronicle());
            network.add(machine);
            this.machines.add(machine);
            return machine;
        }).toList();
    }

    /** Runs a simulation. */
    static Result run(long seed, Workload.Type type) {
        return run(seed, type, UnaryOperator.identity(), null);
    }

    /**
     * Runs a simulation whose script is changed, and tells what happens where somebody
     * listens.
     */
    static Result run(long seed, Workload.Type type, UnaryOperator<List<Fault>> leaveOut, @Nullable PrintStream out) {
        return new Simulation(seed, type, leaveOut, out).run();
    }

    private Result run() {
        Violation violation = null;
        try {
            storm();
            new Aftermath(this, this.clients, this.machines, this.workload).check();
        }
        catch (Violation ex) {
            violation = ex;
        }
        finally {
            this.workload.end();
            // Remembers each event loop until it ends, which nobody waits for here.
            DefaultAddressResolverGroup.INSTANCE.close();
        }
        return new Result(this.seed, this.type, this.settings + ", " + this.workload.settings(), this.script, violation,
                this.trace.steps(), this.trace.hash(), this.time.elapsedNanos(), this.workload.chronicle().calls(),
                this.faults.counts());
    }

    private void storm() {
        this.faults.schedule(this.script);
        this.workload.begin();
        pass(this.settings.pace().time(STORM_NANOS));
        this.workload.stop();
        this.faults.heal();
        this.trace.note("all is set right");
    }

    SimulatedTime time() {
        return this.time;
    }

    /** Lets time pass. */
    void pass(long nanos) {
        await(nanos, () -> false);
    }

    /** Lets time pass until something is so; returns whether it is. */
    boolean await(long nanos, BooleanSupplier condition) {
        long end = this.time.nanoTime() + nanos;
        while (true) {
            settle();
            if (condition.getAsBoolean()) {
                return true;
            }
            long next = this.time.nextNanos();
            for (SimulatedClient client : this.clients) {
                next = Math.min(next, client.nextNanos());
            }
            if (next > end) {
                this.time.advanceTo(end);
                return false;
            }
            this.time.advanceTo(next);
            this.time.runNext();
        }
    }

    /** Waits for a call that has to succeed. */
    <T> T await(SimulatedClient client, String what, CompletableFuture<T> future) {
        await(TimeUnit.SECONDS.toNanos(2), future::isDone);
        if (!future.isDone() || future.isCompletedExceptionally()) {
            client.fail(what + ": " + future.handle((value, failure) -> String.valueOf(failure)).getNow("not ended"));
        }
        return future.join();
    }

    /** Lets the clients do what they can do at this moment. */
    private void settle() {
        boolean busy = true;
        while (busy) {
            busy = false;
            for (SimulatedClient client : this.clients) {
                busy |= client.poll();
            }
            Violation violation = this.workload.chronicle().violation();
            if (violation != null) {
                throw violation;
            }
        }
    }

}
