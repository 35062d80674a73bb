package io.memlink.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.memlink.simulation.Misbehaviour.Kind;

/** Lets things go wrong by a script, and sets all right again. */
final class Faults {

    private static final List<Kind> UNPROVEN = List.of(Kind.REFUSED, Kind.REFUSED_FOR_CERTAIN, Kind.DONE_IN_SECRET);

    private static final List<Kind> WRONG = List.of(Kind.SWALLOWED, Kind.LOST, Kind.GARBLED, Kind.REPEATED, Kind.TORN);

    private final SimulatedTime time;

    private final Network network;

    private final List<Machine> machines;

    private final List<Machine> servers;

    private final List<SimulatedClient> clients;

    private final Chronicle history;

    private final Trace trace;

    private final Settings settings;

    private final Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);

    /** What ends what goes wrong at the moment. */
    private final Set<Runnable> endings = new LinkedHashSet<>();

    /** Creates faults of all machines, of which some are servers and the rest gutters. */
    Faults(SimulatedTime time, Network network, List<Machine> machines, List<Machine> servers,
            List<SimulatedClient> clients, Chronicle history, Trace trace, Settings settings) {
        this.time = time;
        this.network = network;
        this.machines = machines;
        this.servers = servers;
        this.clients = clients;
        this.history = history;
        this.trace = trace;
        this.settings = settings;
    }

    void schedule(List<Fault> script) {
        script.forEach((fault) -> this.time.after(fault.atNanos(), () -> begin(fault)));
    }

    Map<FaultKind, Integer> counts() {
        return this.counts;
    }

    private void begin(Fault fault) {
        this.trace.note("fault " + fault);
        this.counts.merge(fault.kind(), 1, Integer::sum);
        Runnable end = begin(fault.kind(), new Chance(fault.seed(), "fault"));
        Runnable once = new Runnable() {

            @Override
            public void run() {
                if (Faults.this.endings.remove(this)) {
                    Faults.this.trace.note("end of fault " + fault.number());
                    end.run();
                }
            }

        };
        this.endings.add(once);
        this.time.after(fault.nanos(), once);
    }

    /** Ends everything that goes wrong. */
    void heal() {
        List.copyOf(this.endings).forEach(Runnable::run);
    }

    private Runnable begin(FaultKind kind, Chance chance) {
        Machine machine = chance.pick(this.machines);
        SimulatedClient client = chance.pick(this.clients);
        Link link = this.network.link(client.number(), machine);
        return switch (kind) {
            case KILL -> {
                machine.kill();
                yield machine::restart;
            }
            case PAUSE -> {
                machine.pause();
                yield machine::resume;
            }
            case SLOW -> {
                machine.slow(chance.seldomMany(0.1, 300) / 1e6);
                yield machine::slowNoMore;
            }
            case PARTITION -> cut(List.of(link), true, true);
            case ONE_WAY -> {
                boolean there = chance.hits(0.5);
                yield cut(List.of(link), there, !there);
            }
            case ISOLATION -> cut(linksTo(machine), true, true);
            case STUCK -> {
                List<Wire> wires = machine.someWires();
                wires.forEach(Wire::stick);
                yield () -> wires.forEach(Wire::stickNoMore);
            }
            case DELAY -> {
                link.slow(chance.seldomMany(1, 1000) / 1e6);
                yield link::slowNoMore;
            }
            case RESET -> {
                machine.resetSome();
                yield () -> {
                };
            }
            case EVICTION -> {
                machine.evict(chance.pick(List.of(0.2, 1.0)));
                yield () -> {
                };
            }
            case NO_MEMORY -> {
                machine.outOfMemory(true);
                yield () -> machine.outOfMemory(false);
            }
            case ERROR_LINES -> machine.misbehaviour().begin(chance.pick(List.of(0.05, 0.3, 1.0)), UNPROVEN);
            case WRONG_REPLIES -> machine.misbehaviour().begin(chance.pick(List.of(0.01, 0.05, 0.3)), WRONG);
            case LATE_PROXY -> machine.misbehaviour().begin(chance.pick(List.of(0.05, 0.3)), List.of(Kind.DONE_LATER));
            case CLIENT_PAUSE -> {
                client.pause();
                yield client::resume;
            }
            case CLIENT_NO_MEMORY -> this.network.heap(client.number()).exhaust(chance);
            case CLIENT_RESTART -> {
                client.stop(false);
                boolean hasty = chance.hits(this.settings.haste());
                List<Machine> next = this.settings.wandering() ? someServers(chance) : client.firstBackends();
                yield () -> client.startAgain(hasty, next, this.history::routesChange);
            }
            case CLIENT_REPLACED -> {
                client.stop(true);
                yield () -> client.startAgain(false, client.firstBackends(), this.history::routesChange);
            }
            case MEMBERSHIP -> {
                change(client, chance);
                yield () -> {
                };
            }
            case OPERATOR -> operate(client, chance);
        };
    }

    private List<Link> linksTo(Machine machine) {
        return this.clients.stream().map((each) -> this.network.link(each.number(), machine)).toList();
    }

    private static Runnable cut(List<Link> links, boolean there, boolean back) {
        links.forEach((link) -> link.cut(there, back));
        return () -> links.forEach((link) -> link.mend(there, back));
    }

    private void change(SimulatedClient client, Chance chance) {
        if (!client.memlink().isRunning()) {
            return;
        }
        List<Machine> chosen = someServers(chance);
        this.trace.note("client " + client.number() + " uses " + chosen);
        this.history.routesChange(client.application());
        client.use(chosen);
    }

    private List<Machine> someServers(Chance chance) {
        List<Machine> chosen = new ArrayList<>(this.servers);
        for (int left = chance.from(0, chosen.size() - 1); left > 0; left--) {
            chosen.remove(chance.from(0, chosen.size() - 1));
        }
        return chosen;
    }

    private static Runnable operate(SimulatedClient client, Chance chance) {
        if (!client.memlink().isRunning()) {
            return () -> {
            };
        }
        String id = chance.pick(client.backends()).address();
        if (chance.hits(0.5)) {
            client.memlink().membership().eject(id);
            return () -> {
            };
        }
        client.memlink().membership().drain(id);
        return () -> {
            boolean known = client.backends().stream().anyMatch((machine) -> machine.address().equals(id));
            if (known && client.memlink().isRunning()) {
                client.memlink().membership().restore(id);
            }
        };
    }

}
