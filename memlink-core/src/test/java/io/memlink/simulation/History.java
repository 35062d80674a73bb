package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.simulation.Call.End;
import io.memlink.simulation.WrittenValue.Condition;
import org.jspecify.annotations.Nullable;

/**
 * What was called, and what servers have done, with the rules that hold between the two.
 */
final class History extends Chronicle {

    /** How long what was under way to a server that left may take. */
    private static final long LEAVING_NANOS = 15_000_000_000L;

    private final Gutters gutters;

    private final List<WrittenValue> values = new ArrayList<>();

    private final Counts counts = new Counts(this);

    private final Contents contents = new Contents();

    private final Map<String, Long> deletions = new HashMap<>();

    private final Barriers barriers = new Barriers();

    /** Those of them that leave nothing there. */
    private final Barriers deleteBarriers = new Barriers();

    /** What was changed by calls on many keys, which others may overtake. */
    private final Barriers manyBarriers = new Barriers();

    /** What the origin held when a key was last evicted, as its client must know. */
    private final Barriers ownFloors = new Barriers();

    /** The same, as all clients must know that ask the server. */
    private final Map<String, Integer> floors = new HashMap<>();

    private final Map<String, Integer> origin = new HashMap<>();

    private final Map<Integer, Long> lastRouteChangeMoments = new HashMap<>();

    private final Map<Integer, Long> lastRouteChangeNanos = new HashMap<>();

    private boolean calm;

    /**
     * Servers that stand in for others.
     *
     * @param machines the servers
     * @param timeToLiveNanos how long values live there at most
     */
    record Gutters(List<Machine> machines, long timeToLiveNanos) {
    }

    History(SimulatedTime time, Trace trace, Gutters gutters) {
        super(time, trace);
        this.gutters = gutters;
    }

    /** Returns the value that some bytes are; {@code null} where they are none. */
    @Nullable WrittenValue value(byte[] data) {
        int number = WrittenValue.numberIn(data);
        return (number >= 0 && number < this.values.size()) ? this.values.get(number) : null;
    }

    // What clients do

    WrittenValue newValue(String key, int client, Condition condition, int length, @Nullable WrittenValue expected) {
        WrittenValue value = new WrittenValue(this.values.size(), key, client, condition, length, next(),
                this.origin.getOrDefault(key, 0), expected);
        this.values.add(value);
        return value;
    }

    /** The origin of a value changes. */
    void change(String key) {
        this.origin.merge(key, 1, Integer::sum);
    }

    Call begin(int client, Call.Kind kind, String key) {
        Call call = new Call(nextCall(), client, kind, key, next(), time().nanoTime());
        trace().detail(() -> call + " begins");
        return call.knowing(this.manyBarriers.before(call), this.floors.getOrDefault(key, 0));
    }

    /**
     * Somebody is going to count.
     * @param numbers what may be added, or begun with
     */
    Call beginCount(int client, String key, long... numbers) {
        for (long number : numbers) {
            this.counts.announce(number);
        }
        return begin(client, Call.Kind.COUNT, key);
    }

    /** A call that reads has ended, with something or nothing. */
    void read(Call call, byte @Nullable [] data, boolean asked) {
        next();
        call.end();
        if (data == null) {
            trace().note(call + ": nothing");
            return;
        }
        if (isCounter(call.key())) {
            String number = new String(data, StandardCharsets.ISO_8859_1).trim();
            trace().note(call + ": " + number);
            checkMade(call, this.counts.madeMoment(call.key(), number), number);
            return;
        }
        if (isGrowing(call.key())) {
            trace().note(call + ": " + data.length + " bytes");
            checkMade(call, this.contents.madeMoment(call.key(), data), data.length + " bytes");
            return;
        }
        int number = WrittenValue.numberIn(data);
        trace().note(call + ": " + number);
        WrittenValue value = value(data);
        if (value == null || !value.matches(call.key(), data)) {
            broken(call + ": read what nobody has written: " + number + " in " + data.length + " bytes");
        }
        else if (call.kind().loads()) {
            checkLoaded(call, value, asked);
        }
        else {
            checkRead(call, value);
        }
    }

    /** Returns whether numbers are counted under a key. */
    private static boolean isCounter(String key) {
        return key.startsWith("n");
    }

    /** Returns whether values under a key grow at both ends. */
    private static boolean isGrowing(String key) {
        return key.startsWith("p");
    }

    private void checkMade(Call call, long madeMoment, String what) {
        if (madeMoment < 0) {
            broken(call + ": read what no server has had: " + what);
        }
        else if (isSameServer() && madeMoment < barrier(call)) {
            broken(call + ": read " + what + ", which is older than the last change by the same client");
        }
    }

    /** Returns since when what a call finds must be there. */
    private long barrier(Call call) {
        return Math.max(call.barrier(), this.barriers.before(call));
    }

    private boolean isSameServer() {
        return this.gutters.machines().isEmpty() && this.lastRouteChangeMoments.isEmpty();
    }

    private void checkRead(Call call, WrittenValue value) {
        if (!value.hasTakenEffect()) {
            broken(call + ": read " + value + ", which no server has stored");
        }
        if (mayComeFromGutter(call, value) || isMoved(call) || isUnderWayToOneThatLeft(call, value)) {
            return;
        }
        if (value.client() == call.client() && value.unknownMoment() < call.invokedMoment()) {
            broken(call + ": read " + value + ", of which nobody knew what became of it");
        }
        long barrier = barrier(call);
        // One of many waits for room, and others may overtake it.
        boolean own = value.client() == call.client() && !value.mayRepeat() && value.madeMoment() < barrier;
        if (own || value.lastEffectMoment() < barrier) {
            broken(call + ": read " + value + ", which is older than the last change by the same client");
        }
    }

    /** Whoever stands still in between is told later what was read in time. */
    private boolean mayComeFromGutter(Call call, WrittenValue value) {
        return value.lastGutterNanos() + this.gutters.timeToLiveNanos() > call.invokedNanos();
    }

    private boolean isUnderWayToOneThatLeft(Call call, WrittenValue value) {
        long changed = this.lastRouteChangeMoments.getOrDefault(call.client(), -1L);
        return value.madeMoment() < changed && value.lastEffectMoment() > changed
                && time().nanoTime() - this.lastRouteChangeNanos.get(call.client()) < LEAVING_NANOS;
    }

    /** Returns whether the key may belong to another server than when it was called. */
    private boolean isMoved(Call call) {
        return this.lastRouteChangeMoments.getOrDefault(call.client(), -1L) > call.invokedMoment();
    }

    private void checkLoaded(Call call, WrittenValue value, boolean asked) {
        if (mayComeFromGutter(call, value) || isMoved(call)) {
            return;
        }
        long ownFloor = this.ownFloors.before(call);
        if (value.version() < ownFloor) {
            broken(call + ": got " + value + " of version " + value.version() + ", but has evicted " + ownFloor);
        }
        if (asked && isSameServer() && value.version() < call.floor()) {
            broken(call + ": got " + value + " of version " + value.version() + ", but somebody has evicted "
                    + call.floor());
        }
    }

    /** A call that changes something, or nothing but how long it lives, has ended. */
    void ended(Call call, End end) {
        next();
        call.end();
        trace().note(call + ": " + end);
        WrittenValue value = call.value();
        if (value != null) {
            endedStore(call, end, value);
        }
        else if (call.kind().changes()) {
            endedDelete(call, end);
        }
    }

    /** A call that counts has ended. */
    void counted(Call call, long[] numbers, End end, @Nullable Long result) {
        next();
        call.end();
        trace().note(call + ": " + ((result != null) ? result : end));
        switch (end) {
            case DONE -> {
                long born = this.counts.check(call, numbers, result);
                if (isSameServer() && born < this.deleteBarriers.before(call)) {
                    broken(call + ": " + result + ", but the same client had deleted what it has counted under");
                }
                if (result != null && !isMoved(call)) {
                    changed(call);
                }
            }
            case NOT_SENT, REJECTED -> this.counts.checkUndone(call, numbers, end.toString());
            case UNKNOWN, CANCELLED -> {
                // It may have counted, once.
            }
            default -> broken(call + ": ended with " + end);
        }
    }

    private void endedStore(Call call, End end, WrittenValue value) {
        switch (end) {
            case DONE -> {
                if (!value.hasTakenEffect()) {
                    broken(call + ": said to be done, but no server has stored " + value);
                }
                if (changesOwner(call, value) && !isMoved(call)) {
                    changed(call);
                }
            }
            case NOT_DONE, NOT_SENT, REJECTED -> {
                if (value.hasTakenEffect()) {
                    broken(call + ": said to be " + end + ", but a server has stored " + value);
                }
                value.forbid(call + " was said to be " + end);
            }
            case UNKNOWN -> {
                value.unknownSince(moment());
                boolean owed = call.kind() == Call.Kind.SET || call.kind() == Call.Kind.SET_ALL;
                if (owed || (value.hasTakenEffect() && changesOwner(call, value) && !isMoved(call))) {
                    changed(call);
                }
            }
            case CANCELLED -> {
                // It is in progress, and what is called now comes behind it.
            }
            default -> broken(call + ": ended with " + end);
        }
    }

    /** What is added in a gutter is no change of what the owner has. */
    private static boolean changesOwner(Call call, WrittenValue value) {
        return call.kind() != Call.Kind.ADD || !value.isInGutter();
    }

    private void endedDelete(Call call, End end) {
        if (end == End.OTHER) {
            broken(call + ": ended with " + end);
        }
        boolean owed = end == End.JOURNALLED || end == End.NOT_SENT || end == End.UNKNOWN;
        // Whoever has the key by now is owed the delete, but does not know what was done.
        if (end == End.REJECTED || (isMoved(call) && !owed)) {
            return;
        }
        changed(call);
        this.deleteBarriers.ended(call, orderMoment(call), call.invokedMoment());
        if (call.kind() == Call.Kind.EVICT) {
            int evicted = call.evictedVersion();
            this.ownFloors.ended(call, orderMoment(call), evicted);
            if (end == End.DONE || end == End.NOT_DONE) {
                this.floors.merge(call.key(), evicted, Math::max);
            }
        }
    }

    private void changed(Call call) {
        WrittenValue value = call.value();
        long since = (value != null) ? value.madeMoment() : call.invokedMoment();
        Barriers barriers = (call.kind() == Call.Kind.SET_ALL) ? this.manyBarriers : this.barriers;
        barriers.ended(call, orderMoment(call), since);
    }

    /**
     * Returns since when a call comes behind a change. One of an earlier run, or of an
     * earlier list of backends, may be overtaken until it has ended.
     */
    private long orderMoment(Call change) {
        return isMoved(change) ? moment() : change.invokedMoment();
    }

    int version(String key) {
        return this.origin.getOrDefault(key, 0);
    }

    @Override
    void routesChange(int client) {
        this.lastRouteChangeMoments.put(client, next());
        this.lastRouteChangeNanos.put(client, time().nanoTime());
        this.barriers.forget(client);
        this.deleteBarriers.forget(client);
        this.manyBarriers.forget(client);
        this.ownFloors.forget(client);
    }

    /** From now on others write, too. */
    void calm() {
        this.calm = true;
    }

    // What servers do

    @Override
    void stored(Machine machine, String key, Stored stored) {
        long moment = next();
        int number = WrittenValue.numberIn(stored.data());
        trace().note(machine + " stores " + number + " as " + key);
        if (stored.data().length == 0 || this.calm) {
            return;
        }
        WrittenValue value = value(stored.data());
        if (value == null || !value.matches(key, stored.data())) {
            broken(machine + " stores under " + key + " what nobody has written: " + number);
            return;
        }
        if (value.forbidden() != null) {
            broken(machine + " stores " + value + ", but " + value.forbidden());
        }
        byte[] after = stored.after();
        if (isGrowing(key) && after != null
                && !this.contents.stored(key, value, stored.data(), stored.before(), after, moment)) {
            broken(machine + " makes of " + key + " with " + value + " what it must not be");
        }
        checkCondition(machine, key, value, stored.before());
        if (value.hasTakenEffect() && !value.mayRepeat() && !isStoredAgain(key, value, stored.before())) {
            broken(machine + " stores " + value + ", which has been stored before");
        }
        value.tookEffect(moment);
        if (this.gutters.machines().contains(machine)) {
            value.storedInGutter(time().nanoTime());
        }
    }

    /**
     * Returns whether a client has given back the right to replace a value, which takes a
     * store of the same.
     */
    private static boolean isStoredAgain(String key, WrittenValue value, byte @Nullable [] before) {
        return value.condition() == Condition.LEASE && before != null && value.matches(key, before);
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

    @Override
    void counted(Machine machine, String key, Counted counted) {
        long moment = next();
        trace().note(machine + " counts " + counted.number() + " under " + key + " to " + counted.after());
        if (!this.calm) {
            this.counts.counted(machine, key, counted.number(), counted.after(), counted.existed(), moment);
        }
    }

    @Override
    void deleted(Machine machine, String key) {
        this.deletions.put(machine + " " + key, next());
        trace().note(machine + " deletes " + key);
    }

}
