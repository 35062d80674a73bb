package io.memlink.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.memlink.simulation.Call.End;
import io.memlink.simulation.WrittenValue.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was called, and everything that servers have done, with the rules that
 * hold between the two. What is broken is kept until the simulation looks, since it may
 * be noticed where exceptions are caught.
 */
final class History {

    /** How long what was under way to a server that left may take. */
    private static final long LEAVING_NANOS = 15_000_000_000L;

    private final SimulatedTime time;

    private final Trace trace;

    private final Gutters gutters;

    private final List<WrittenValue> values = new ArrayList<>();

    private final Map<String, Long> deletions = new HashMap<>();

    private final Map<String, Long> barriers = new HashMap<>();

    private final Map<String, Integer> floors = new HashMap<>();

    private final Map<String, Integer> origin = new HashMap<>();

    private final Map<Integer, Long> lastRouteChangeMoments = new HashMap<>();

    private final Map<Integer, Long> lastRouteChangeNanos = new HashMap<>();

    private long moment;

    private int calls;

    private boolean calm;

    private @Nullable Violation violation;

    /**
     * Servers that stand in for others.
     *
     * @param machines the servers
     * @param timeToLiveNanos how long values live there at most
     */
    record Gutters(List<Machine> machines, long timeToLiveNanos) {
    }

    History(SimulatedTime time, Trace trace, Gutters gutters) {
        this.time = time;
        this.trace = trace;
        this.gutters = gutters;
    }

    void broken(String what) {
        if (this.violation == null) {
            this.violation = new Violation(what);
            this.trace.note("VIOLATION " + what);
        }
    }

    @Nullable Violation violation() {
        return this.violation;
    }

    int calls() {
        return this.calls;
    }

    /** Returns the value that some bytes are; {@code null} where they are none. */
    @Nullable WrittenValue value(byte[] data) {
        int number = WrittenValue.numberIn(data);
        return (number >= 0 && number < this.values.size()) ? this.values.get(number) : null;
    }

    // What clients do

    WrittenValue newValue(String key, int client, Condition condition, int length, @Nullable WrittenValue expected) {
        WrittenValue value = new WrittenValue(this.values.size(), key, client, condition, length, ++this.moment,
                this.origin.getOrDefault(key, 0), expected);
        this.values.add(value);
        return value;
    }

    /** The origin of a value changes. */
    void change(String key) {
        this.origin.merge(key, 1, Integer::sum);
    }

    Call begin(int client, Call.Kind kind, String key) {
        Call call = new Call(this.calls++, client, kind, key, ++this.moment, this.time.nanoTime());
        this.trace.detail(() -> call + " begins");
        String own = client + " " + key;
        return call.knowing(this.barriers.getOrDefault(own, -1L), this.floors.getOrDefault(own, 0),
                this.floors.getOrDefault(key, 0));
    }

    /** A call that reads has ended, with something or nothing. */
    void read(Call call, byte @Nullable [] data, boolean asked) {
        this.moment++;
        call.end();
        if (data == null) {
            this.trace.note(call + ": nothing");
            return;
        }
        int number = WrittenValue.numberIn(data);
        this.trace.note(call + ": " + number);
        WrittenValue value = value(data);
        if (value == null || !value.matches(call.key(), data)) {
            broken(call + ": read what nobody has written: " + number + " in " + data.length + " bytes");
        }
        else if (call.kind() == Call.Kind.LOAD) {
            checkLoaded(call, value, asked);
        }
        else {
            checkRead(call, value);
        }
    }

    private void checkRead(Call call, WrittenValue value) {
        if (!value.hasTakenEffect()) {
            broken(call + ": read " + value + ", which no server has stored");
        }
        if (mayComeFromGutter(value) || isMoved(call) || isUnderWayToOneThatLeft(call, value)) {
            return;
        }
        if (value.client() == call.client() && value.unknownMoment() < call.invokedMoment()) {
            broken(call + ": read " + value + ", of which nobody knew what became of it");
        }
        // One of many waits for room, and others may overtake it.
        boolean own = value.client() == call.client() && !value.mayRepeat() && value.madeMoment() < call.barrier();
        if (own || value.lastEffectMoment() < call.barrier()) {
            broken(call + ": read " + value + ", which is older than the last change by the same client");
        }
    }

    private boolean mayComeFromGutter(WrittenValue value) {
        return value.lastGutterNanos() + this.gutters.timeToLiveNanos() > this.time.nanoTime();
    }

    private boolean isUnderWayToOneThatLeft(Call call, WrittenValue value) {
        long changed = this.lastRouteChangeMoments.getOrDefault(call.client(), -1L);
        return value.madeMoment() < changed
                && this.time.nanoTime() - this.lastRouteChangeNanos.get(call.client()) < LEAVING_NANOS;
    }

    /** Returns whether the key may belong to another server than when it was called. */
    private boolean isMoved(Call call) {
        return this.lastRouteChangeMoments.getOrDefault(call.client(), -1L) > call.invokedMoment();
    }

    private void checkLoaded(Call call, WrittenValue value, boolean asked) {
        if (mayComeFromGutter(value) || isMoved(call)) {
            return;
        }
        if (value.version() < call.ownFloor()) {
            broken(call + ": got " + value + " of version " + value.version() + ", but has evicted " + call.ownFloor());
        }
        boolean sameServer = this.gutters.machines().isEmpty() && this.lastRouteChangeMoments.isEmpty();
        if (asked && sameServer && value.version() < call.floor()) {
            broken(call + ": got " + value + " of version " + value.version() + ", but somebody has evicted "
                    + call.floor());
        }
    }

    /** A call that changes something, or nothing but how long it lives, has ended. */
    void ended(Call call, End end) {
        this.moment++;
        call.end();
        this.trace.note(call + ": " + end);
        WrittenValue value = call.value();
        if (value != null) {
            endedStore(call, end, value);
        }
        else if (call.kind().changes()) {
            endedDelete(call, end);
        }
    }

    private void endedStore(Call call, End end, WrittenValue value) {
        switch (end) {
            case DONE -> {
                if (!value.hasTakenEffect()) {
                    broken(call + ": said to be done, but no server has stored " + value);
                }
                // What is added in a gutter is no change of what the owner has.
                if (call.kind() != Call.Kind.ADD || !value.isInGutter()) {
                    barrier(call);
                }
            }
            case NOT_DONE, NOT_SENT, REJECTED -> {
                if (value.hasTakenEffect()) {
                    broken(call + ": said to be " + end + ", but a server has stored " + value);
                }
                value.forbid(call + " was said to be " + end);
            }
            case UNKNOWN -> {
                value.unknownSince(this.moment);
                if (call.kind() == Call.Kind.SET || call.kind() == Call.Kind.SET_ALL || value.hasTakenEffect()) {
                    barrier(call);
                }
            }
            case CANCELLED -> {
                // It is in progress, and what is called now comes behind it.
            }
            default -> broken(call + ": ended with " + end);
        }
    }

    private void endedDelete(Call call, End end) {
        if (end == End.OTHER) {
            broken(call + ": ended with " + end);
        }
        if (end == End.REJECTED || isMoved(call)) {
            return;
        }
        barrier(call);
        if (call.kind() == Call.Kind.EVICT) {
            int evicted = call.evictedVersion();
            this.floors.merge(call.client() + " " + call.key(), evicted, Math::max);
            if (end == End.DONE || end == End.NOT_DONE) {
                this.floors.merge(call.key(), evicted, Math::max);
            }
        }
    }

    private void barrier(Call call) {
        if (isMoved(call)) {
            return;
        }
        WrittenValue value = call.value();
        long since = (value != null) ? value.madeMoment() : call.invokedMoment();
        this.barriers.merge(call.client() + " " + call.key(), since, Math::max);
    }

    int version(String key) {
        return this.origin.getOrDefault(key, 0);
    }

    /** A client sends elsewhere from now on, some keys at least. */
    void routesChange(int client) {
        this.lastRouteChangeMoments.put(client, ++this.moment);
        this.lastRouteChangeNanos.put(client, this.time.nanoTime());
        this.barriers.keySet().removeIf((key) -> key.startsWith(client + " "));
        this.floors.keySet().removeIf((key) -> key.startsWith(client + " "));
    }

    /** From now on others write, too. */
    void calm() {
        this.calm = true;
    }

    // What servers do

    void stored(Machine machine, String key, byte[] data, byte @Nullable [] before) {
        this.moment++;
        int number = WrittenValue.numberIn(data);
        this.trace.note(machine + " stores " + number + " as " + key);
        if (data.length == 0 || this.calm) {
            return;
        }
        WrittenValue value = value(data);
        if (value == null || !value.matches(key, data)) {
            broken(machine + " stores under " + key + " what nobody has written: " + number);
            return;
        }
        if (value.forbidden() != null) {
            broken(machine + " stores " + value + ", but " + value.forbidden());
        }
        checkCondition(machine, key, value, before);
        if (value.hasTakenEffect() && !value.mayRepeat()) {
            broken(machine + " stores " + value + ", which has been stored before");
        }
        value.tookEffect(this.moment);
        if (this.gutters.machines().contains(machine)) {
            value.storedInGutter(this.time.nanoTime());
        }
    }

    private void checkCondition(Machine machine, String key, WrittenValue value, byte @Nullable [] before) {
        boolean present = before != null && before.length > 0;
        boolean met = switch (value.condition()) {
            case NONE -> true;
            case ABSENT -> !present;
            case PRESENT -> present;
            case TOKEN -> {
                WrittenValue expected = value.expected();
                yield before != null && expected != null && expected.matches(key, before);
            }
            case LEASE -> this.deletions.getOrDefault(machine + " " + key, -1L) < value.madeMoment();
        };
        if (!met) {
            broken(machine + " stores " + value + " under " + key + ", which needs " + value.condition() + ", over "
                    + ((before != null) ? WrittenValue.numberIn(before) + " in " + before.length + " bytes"
                            : "nothing"));
        }
    }

    void executed(Machine machine, Session session, Supplier<String> what) {
        this.trace.detail(() -> machine + " " + session.number() + ": " + what.get());
    }

    void deleted(Machine machine, String key) {
        this.deletions.put(machine + " " + key, ++this.moment);
        this.trace.note(machine + " deletes " + key);
    }

    void restarted(Machine machine) {
        this.moment++;
        this.trace.note(machine + " begins anew");
    }

}
