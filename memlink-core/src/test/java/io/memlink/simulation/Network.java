package io.memlink.simulation;

import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What connects clients and servers. */
final class Network {

    /** When a kernel repeats a question that was lost. */
    private static final long[] SYN_NANOS = { 0, TimeUnit.SECONDS.toNanos(1), TimeUnit.SECONDS.toNanos(3),
            TimeUnit.SECONDS.toNanos(7) };

    private final SimulatedTime time;

    private final Chance chance;

    private final Settings settings;

    private final Map<String, Machine> machines = new LinkedHashMap<>();

    private final List<Map<Machine, Link>> links = new ArrayList<>();

    private final Map<Integer, Heap> heaps = new HashMap<>();

    private final Chronicle history;

    Network(SimulatedTime time, Chance chance, Settings settings, Chronicle history) {
        this.time = time;
        this.history = history;
        this.chance = chance;
        this.settings = settings;
    }

    void add(Machine machine) {
        this.machines.put(machine.host(), machine);
    }

    SimulatedTime time() {
        return this.time;
    }

    Chance chance() {
        return this.chance;
    }

    Link link(int client, Machine machine) {
        while (this.links.size() <= client) {
            this.links.add(new LinkedHashMap<>());
        }
        return this.links.get(client).computeIfAbsent(machine, (absent) -> new Link());
    }

    /** Something is not as it has to be. */
    void broken(String what) {
        this.history.broken(what);
    }

    /** Returns the memory of a client, as far as what it receives needs some. */
    Heap heap(int client) {
        return this.heaps.computeIfAbsent(client, (absent) -> new Heap());
    }

    /** Returns whether what had left a client's kernel arrives after a reset. */
    boolean deliversAfterReset() {
        return this.chance.hits(this.settings.deliveryAfterReset());
    }

    /** Returns how long a network holds bytes; less than what the quarantine is for. */
    long holdNanos() {
        return this.chance.seldomMany(0.1, 4500);
    }

    void connect(SimulatedChannel channel, int client, InetSocketAddress address) {
        Machine machine = this.machines.get(address.getAddress().getHostAddress());
        if (machine == null) {
            throw new IllegalArgumentException(address.toString());
        }
        Link link = link(client, machine);
        for (int i = 0; i < SYN_NANOS.length; i++) {
            long delayNanos = SYN_NANOS[i] + link.latencyNanos(this.chance);
            this.time.after(delayNanos, new Knock(channel, link, machine));
        }
    }

    /** A question whether somebody is there. */
    private final class Knock implements Runnable {

        private final SimulatedChannel channel;

        private final Link link;

        private final Machine machine;

        Knock(SimulatedChannel channel, Link link, Machine machine) {
            this.channel = channel;
            this.link = link;
            this.machine = machine;
        }

        @Override
        public void run() {
            if (!this.channel.isConnecting() || this.link.isCut(true) || this.machine.hasFullBacklog()) {
                return;
            }
            if (!this.machine.isListening()) {
                answer(() -> this.channel.refused(new ConnectException("Connection refused")), () -> {
                });
                return;
            }
            Wire wire = new Wire(Network.this, this.link, this.channel);
            wire.accepted(this.machine.accept(wire));
            answer(() -> this.channel.connected(wire), () -> wire.closedByClient(true));
        }

        /** A server whose answer is lost hears nothing more, and forgets the question. */
        private void answer(Runnable answer, Runnable lost) {
            Network.this.time.after(this.link.latencyNanos(Network.this.chance), () -> {
                if (this.link.isCut(false) || this.channel.eventLoop().isShutdown()) {
                    lost.run();
                }
                else {
                    this.channel.eventLoop().execute(answer);
                }
            });
        }

    }

}
