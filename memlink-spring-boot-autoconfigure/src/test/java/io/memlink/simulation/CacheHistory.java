package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.memlink.simulation.Call.Kind;
import io.memlink.simulation.WrittenValue.Condition;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table whose rows have versions, what applications have done to their
 * caches of them, and what servers have done, with the rules that hold between these:
 * <ul>
 * <li>What was loaded before an entry was changed is not stored after that.</li>
 * <li>An application reads nothing older than what it has evicted, cleared or put before,
 * from the moment on at which it has called that, but for what others were putting when
 * it cleared.</li>
 * <li>Others read nothing older than a clear that has ended, after the time for which
 * they need not notice it, but for what was being put meanwhile; and nothing older than
 * an eviction that has ended, if nobody can have been using another generation.</li>
 * <li>When all is calm, nobody reads anything older than any change.</li>
 * </ul>
 */
final class CacheHistory extends Chronicle {

    static final String CACHE = "c";

    private static final String GENERATION = CACHE + ":generation";

    private final CacheOptions options;

    private final List<Machine> machines;

    private final List<WrittenValue> values = new ArrayList<>();

    private final Map<String, Integer> rows = new HashMap<>();

    /** When an item was deleted last, or changed, by machine and item. */
    private final Map<String, Long> changes = new HashMap<>();

    /** Which values were stored as which items. */
    private final Set<String> stores = new HashSet<>();

    /** What was put without having been missed, by the number of the value. */
    private final Map<Integer, Call> puts = new HashMap<>();

    /** What each application must know of each row, since it has changed it. */
    private final Barriers own = new Barriers();

    /** What the rows were when an application cleared, by the moment of the call. */
    private final Map<Integer, TreeMap<Long, Map<String, Integer>>> ownClears = new HashMap<>();

    /** Clears that have ended, by the time of their ends. */
    private final TreeMap<Long, Cleared> clears = new TreeMap<>();

    /** What was evicted for all, by the time at which that had ended. */
    private final Map<String, TreeMap<Long, Integer>> evictions = new HashMap<>();

    /** What was changed by anybody. */
    private final Map<String, Integer> changed = new HashMap<>();

    /** What each application has changed, and sees to it that all know. */
    private final Map<Integer, Map<String, Integer>> owed = new HashMap<>();

    /** What it had evicted and put, so that all know it, when it stopped. */
    private final Map<Integer, Map<String, Integer>> confirmed = new HashMap<>();

    /** What it has evicted and put. */
    private final Map<Integer, Map<String, Integer>> entries = new HashMap<>();

    /** When somebody may have begun to use another generation. */
    private long unsettledNanos = Long.MIN_VALUE / 2;

    private boolean calm;

    /**
     * Clears that have ended until a time.
     *
     * @param moment when the last of them was called
     * @param rows what these were by then
     */
    private record Cleared(long moment, Map<String, Integer> rows) {
    }

    CacheHistory(SimulatedTime time, Trace trace, CacheOptions options, List<Machine> machines) {
        super(time, trace);
        this.options = options;
        this.machines = machines;
    }

    // The table

    /** A row is read, to be cached or to be put. */
    WrittenValue newValue(String key, int client, Condition condition, int length) {
        WrittenValue value = new WrittenValue(this.values.size(), key, client, condition, length, next(),
                this.rows.getOrDefault(key, 0), null);
        this.values.add(value);
        return value;
    }

    /** A row changes; what applications do to their caches follows. */
    void change(String key) {
        this.rows.merge(key, 1, Integer::sum);
    }

    private int version(String key) {
        return this.rows.getOrDefault(key, 0);
    }

    // What applications do

    Call begin(int client, Kind kind, String key) {
        Call call = new Call(nextCall(), client, kind, key, next(), time().nanoTime());
        trace().detail(() -> call + " begins");
        return call;
    }

    /** An entry is evicted, after its row was changed. */
    Call beginEviction(int client, String key) {
        Call call = begin(client, Kind.EVICT, key).evicting(version(key));
        changes(client, key, call.evictedVersion());
        if (!this.options.softEvict()) {
            this.own.ended(call, call.evictedVersion());
        }
        return call;
    }

    /** An entry is put, after its row was changed. */
    Call beginPut(int client, String key, WrittenValue value) {
        Call call = begin(client, Kind.SET, key).storing(value);
        changes(client, key, value.version());
        this.puts.put(value.number(), call);
        this.own.ended(call, value.version());
        return call;
    }

    Call beginClear(int client) {
        Call call = begin(client, Kind.CLEAR, "all");
        this.ownClears.computeIfAbsent(client, (absent) -> new TreeMap<>())
            .put(call.invokedMoment(), Map.copyOf(this.rows));
        this.rows.forEach((key, version) -> owes(client, key, version));
        return call;
    }

    private void changes(int client, String key, int version) {
        this.entries.computeIfAbsent(client, (absent) -> new HashMap<>()).merge(key, version, Math::max);
        owes(client, key, version);
    }

    private void owes(int client, String key, int version) {
        this.changed.merge(key, version, Math::max);
        this.owed.computeIfAbsent(client, (absent) -> new HashMap<>()).merge(key, version, Math::max);
    }

    /** An application stops that owes nothing but to backends. */
    void confirmed(int client) {
        trace().note("application " + client + " owes nothing");
        this.confirmed.put(client, Map.copyOf(this.entries.getOrDefault(client, Map.of())));
    }

    /**
     * An application has ended for good, and what it still owed is owed no more.
     * @param told whether it owed nothing to backends
     */
    void ended(int client, boolean told) {
        trace().note("application " + client + " has ended" + (told ? "" : ", and was in debt"));
        this.owed.put(client, told ? this.confirmed.getOrDefault(client, Map.of()) : Map.of());
    }

    private int owed(String key) {
        return this.owed.values().stream().mapToInt((each) -> each.getOrDefault(key, 0)).max().orElse(0);
    }

    /** An eviction has ended; whether it has deleted the item, or found none. */
    void endEviction(Call call, boolean done) {
        next();
        call.end();
        trace().note(call + ": " + (done ? "done" : "not yet"));
        boolean settled = this.unsettledNanos + this.options.clearLagNanos() < call.invokedNanos() && isOneGeneration();
        if (done && settled && !this.options.softEvict()) {
            this.evictions.computeIfAbsent(call.key(), (absent) -> new TreeMap<>())
                .merge(time().nanoTime(), call.evictedVersion(), Math::max);
        }
    }

    private boolean isOneGeneration() {
        return this.machines.stream()
            .map((machine) -> machine.find(GENERATION))
            .filter((number) -> number != null)
            .map((number) -> new String(number, StandardCharsets.US_ASCII).trim())
            .collect(Collectors.toSet())
            .size() == 1;
    }

    void endClear(Call call, boolean done) {
        next();
        call.end();
        trace().note(call + ": " + (done ? "done" : "not yet"));
        if (done) {
            Map<String, Integer> rows = new HashMap<>(
                    this.ownClears.get(call.client()).getOrDefault(call.invokedMoment(), Map.of()));
            Map.Entry<Long, Cleared> last = this.clears.lastEntry();
            long moment = call.invokedMoment();
            if (last != null) {
                last.getValue().rows().forEach((key, version) -> rows.merge(key, version, Math::max));
                moment = Math.max(moment, last.getValue().moment());
            }
            this.clears.put(time().nanoTime(), new Cleared(moment, rows));
        }
    }

    /** A read has ended, with an entry or nothing. */
    void read(Call call, byte @Nullable [] data) {
        next();
        call.end();
        if (data == null) {
            trace().note(call + ": nothing");
            return;
        }
        WrittenValue value = value(data);
        if (value == null || !value.matches(call.key(), data)) {
            broken(call + ": read what nobody has written: " + WrittenValue.numberIn(data));
            return;
        }
        trace().note(call + ": " + value + " of version " + value.version());
        if (call.kind() == Kind.GET && !value.hasTakenEffect()) {
            broken(call + ": read " + value + ", which no server has stored");
        }
        require(call, value, ownFloor(call, value), "what the same application has changed");
        require(call, value, clearFloor(call, value), "what was cleared");
        require(call, value, evictionFloor(call), "what was evicted by another one");
        if (this.calm) {
            require(call, value, owed(call.key()), "what was changed before all was calm");
        }
    }

    private void require(Call call, WrittenValue value, long floor, String what) {
        if (value.version() < floor) {
            broken(call + ": read " + value + " of version " + value.version() + ", older than " + what + ": " + floor);
        }
    }

    private long ownFloor(Call call, WrittenValue value) {
        Map.Entry<Long, Map<String, Integer>> clear = this.ownClears.getOrDefault(call.client(), new TreeMap<>())
            .lowerEntry(call.invokedMoment());
        boolean own = clear == null || value.client() == call.client() || !comesAfter(value, clear.getKey());
        int cleared = (clear != null && own) ? clear.getValue().getOrDefault(call.key(), 0) : 0;
        return Math.max(this.own.before(call), cleared);
    }

    /**
     * Returns whether a value has been put since a clear was called. Nobody waits for a
     * put, so this may have been called before.
     */
    private boolean comesAfter(WrittenValue value, long clearMoment) {
        return this.puts.containsKey(value.number()) && value.lastEffectMoment() > clearMoment;
    }

    private int clearFloor(Call call, WrittenValue value) {
        Map.Entry<Long, Cleared> last = this.clears.lowerEntry(call.invokedNanos() - this.options.clearLagNanos());
        if (last == null) {
            return 0;
        }
        return comesAfter(value, last.getValue().moment()) ? 0 : last.getValue().rows().getOrDefault(call.key(), 0);
    }

    private int evictionFloor(Call call) {
        return this.evictions.getOrDefault(call.key(), new TreeMap<>())
            .headMap(call.invokedNanos() - this.options.nearNanos())
            .values()
            .stream()
            .mapToInt(Integer::intValue)
            .max()
            .orElse(0);
    }

    private @Nullable WrittenValue value(byte[] data) {
        int number = WrittenValue.numberIn(data);
        return (number >= 0 && number < this.values.size()) ? this.values.get(number) : null;
    }

    @Override
    void routesChange(int client) {
        throw new IllegalStateException("client " + client);
    }

    /** From now on nothing goes wrong any more, and everything that did is mended. */
    void calm() {
        this.calm = true;
    }

    // What servers do

    @Override
    void stored(Machine machine, String item, Stored stored) {
        long moment = next();
        if (item.equals(GENERATION)) {
            trace().note(machine + " has generation " + new String(stored.data(), StandardCharsets.US_ASCII));
            unsettle();
            return;
        }
        trace().note(machine + " stores " + WrittenValue.numberIn(stored.data()) + " as " + item);
        if (stored.data().length == 0) {
            return;
        }
        WrittenValue value = value(stored.data());
        String key = key(item);
        if (value == null || !value.matches(key, stored.data())) {
            broken(machine + " stores under " + item + " what nobody has written: "
                    + WrittenValue.numberIn(stored.data()));
            return;
        }
        byte[] before = stored.before();
        boolean again = before != null && value.matches(key, before);
        // What turns out to have been put in a generation that was over is put once more.
        if (!this.stores.add(value.number() + " " + item) && !again) {
            broken(machine + " stores " + value + " as " + item + ", which has been stored before");
        }
        if (value.condition() == Condition.LEASE && !again
                && this.changes.getOrDefault(machine + " " + item, -1L) > value.madeMoment()) {
            broken(machine + " stores " + value + " as " + item + ", which was loaded before the last change");
        }
        value.tookEffect(moment);
        Call put = this.puts.get(value.number());
        if (put != null && !again) {
            this.changes.put(machine + " " + item, moment);
            this.own.ended(put, value.version());
            if (value.version() < this.changed.getOrDefault(key, 0)) {
                // It was under way for long: nobody but who has put it knows of that.
                this.evictions.remove(key);
            }
        }
    }

    /** Returns the key of a row. */
    static String key(String item) {
        // What comes before it tells its type.
        return item.substring(item.lastIndexOf(':') + 2);
    }

    @Override
    void counted(Machine machine, String item, Counted counted) {
        next();
        trace().note(machine + " begins with generation " + counted.after());
        unsettle();
    }

    @Override
    void deleted(Machine machine, String item) {
        this.changes.put(machine + " " + item, next());
        trace().note(machine + " deletes " + item);
    }

    @Override
    void restarted(Machine machine) {
        super.restarted(machine);
        unsettle();
    }

    @Override
    void evicted(Machine machine) {
        super.evicted(machine);
        unsettle();
    }

    private void unsettle() {
        this.unsettledNanos = time().nanoTime();
        this.evictions.clear();
    }

}
