package io.memlink.simulation;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.memlink.embedded.admin.AdminCommands;
import io.memlink.embedded.admin.ServerFacts;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.store.Item;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import org.jspecify.annotations.Nullable;

/** A machine with a server, which is one process after another. */
final class Machine {

    /** As the real server asks for. */
    private static final int BACKLOG = 1024;

    static final int PORT = 11211;

    private final String host;

    private final SimulatedTime time;

    private final Chance chance;

    private final Settings settings;

    private final Chronicle history;

    /** Many where it stands still for hours. */
    private final Set<Session> sessions = new LinkedHashSet<>();

    private final Misbehaviour misbehaviour;

    private Store store;

    private CommandInterpreter commands;

    private boolean running = true;

    private int accepted;

    private int paused;

    private int slow;

    private double slowMillis;

    Machine(String host, SimulatedTime time, Chance chance, Settings settings, Chronicle history) {
        this.host = host;
        this.time = time;
        this.chance = chance;
        this.settings = settings;
        this.history = history;
        this.misbehaviour = new Misbehaviour(chance);
        ServerTime serverTime = new ServerTime(time);
        this.store = newStore(serverTime);
        this.commands = newCommands(serverTime);
    }

    private Store newStore(ServerTime serverTime) {
        long firstCas = this.settings.restartedCas() ? 1 : 1 + this.chance.nextLong(1L << 40);
        return new Store(serverTime, new Store.Limits(64 << 20, 1 << 20, 256 << 20), firstCas,
                Release.of(this.settings.release()).failuresUseCasIds());
    }

    private CommandInterpreter newCommands(ServerTime serverTime) {
        Release release = Release.of(this.settings.release());
        CommandInterpreter commands = new CommandInterpreter(this.store, serverTime, release);
        AdminCommands.addTo(commands, this.store, serverTime, new Facts(), release);
        return commands;
    }

    String host() {
        return this.host;
    }

    String address() {
        return this.host + ":" + PORT;
    }

    CommandInterpreter commands() {
        return this.commands;
    }

    Chronicle history() {
        return this.history;
    }

    Misbehaviour misbehaviour() {
        return this.misbehaviour;
    }

    SimulatedTime time() {
        return this.time;
    }

    Chance chance() {
        return this.chance;
    }

    boolean isListening() {
        return this.running;
    }

    boolean isPaused() {
        return this.paused > 0;
    }

    /** Returns how long the next request takes. */
    long workNanos() {
        return (this.slow > 0) ? this.chance.millis(0, this.slowMillis) : 0;
    }

    /** Returns whether the kernel drops what knocks, as nobody accepts it. */
    boolean hasFullBacklog() {
        return isPaused() && this.sessions.size() >= BACKLOG;
    }

    Session accept(Wire wire) {
        Session session = new Session(this.accepted++, this, wire);
        this.sessions.add(session);
        return session;
    }

    void ended(Session session) {
        this.sessions.remove(session);
    }

    byte @Nullable [] find(String key) {
        Item item = this.store.find(Session.itemKey(key));
        return (item != null) ? item.value() : null;
    }

    Collection<Session> sessions() {
        return this.sessions;
    }

    // Faults

    void kill() {
        this.running = false;
        resetAll();
    }

    void resetAll() {
        List.copyOf(this.sessions).forEach(Session::reset);
    }

    void resetSome() {
        List.copyOf(this.sessions).stream().filter((session) -> this.chance.hits(0.5)).forEach(Session::reset);
    }

    /** Returns some of the connections. */
    List<Wire> someWires() {
        return List.copyOf(this.sessions)
            .stream()
            .filter((session) -> this.chance.hits(0.5))
            .map(Session::wire)
            .toList();
    }

    void restart() {
        if (!this.running) {
            this.running = true;
            ServerTime serverTime = new ServerTime(this.time);
            this.store = newStore(serverTime);
            this.commands = newCommands(serverTime);
            this.history.restarted(this);
        }
    }

    void pause() {
        this.paused++;
    }

    void resume() {
        this.paused--;
        if (this.paused == 0) {
            List.copyOf(this.sessions).forEach((each) -> this.time.after(this.chance.millis(0, 20), each::process));
        }
    }

    void slow(double millis) {
        this.slow++;
        this.slowMillis = millis;
    }

    void slowNoMore() {
        this.slow--;
    }

    void evict(double share) {
        for (Item item : this.store.items()) {
            if (this.chance.hits(share)) {
                this.store.remove(item);
            }
        }
        this.history.evicted(this);
    }

    void outOfMemory(boolean outOfMemory) {
        this.store.outOfMemory(outOfMemory);
    }

    @Override
    public String toString() {
        return this.host;
    }

    /** What the commands tell. */
    private final class Facts implements ServerFacts {

        @Override
        public String version() {
            return Machine.this.settings.release();
        }

        @Override
        public String setting(String name) {
            return name.equals("shutdown_command") ? "no" : "0";
        }

        @Override
        public long number(String name) {
            return 0;
        }

        @Override
        public List<OpenConnection> connections() {
            return List.of();
        }

        @Override
        public boolean shutDown() {
            return false;
        }

    }

}
