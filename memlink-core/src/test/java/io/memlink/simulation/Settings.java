package io.memlink.simulation;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What differs from simulation to simulation: each has some of the faults and features,
 * because those that are always there hide others.
 *
 * @param servers how many there are at first
 * @param spares how many more may take part
 * @param gutters how many stand in for others
 * @param clients how many there are
 * @param callers of each client
 * @param poolSize connections to each server
 * @param loops event loops of each client
 * @param strands how many calls a caller makes at the same time at most
 * @param callsInCallbacks how often it makes the next one in a callback of the one before
 * @param keys how many keys are changed by everybody
 * @param requestTimeout of all clients
 * @param thinkMillis how long a caller waits at most between two calls
 * @param faultGapMillis how long it is between two faults, about
 * @param deliveryAfterReset how often bytes arrive that were under way at a reset
 * @param largeValues whether some do not fit into one read
 * @param restartedCas whether a server counts from the beginning when it was restarted
 * @param release what the servers are
 * @param maxAgeMillis of connections; 0 for no limit
 * @param maxInFlight how many requests are pending on a connection at most
 * @param callbacksElsewhere whether futures are completed by an executor
 * @param faults the kinds that occur
 * @param often the kind that half of all faults are of; {@code null} for none
 * @param haste how often a client starts again while its stop still waits
 * @param wandering whether a client often starts again with another list of servers
 * @param pace how fast calls and faults follow each other
 */
record Settings(int servers, int spares, int gutters, int clients, int callers, int poolSize, int loops, int strands,
        double callsInCallbacks, int keys, Duration requestTimeout, int thinkMillis, int faultGapMillis,
        double deliveryAfterReset, boolean largeValues, boolean restartedCas, String release, int maxAgeMillis,
        int maxInFlight, boolean callbacksElsewhere, Set<FaultKind> faults, @Nullable FaultKind often, double haste,
        boolean wandering, Pace pace) {

    /** What one cache may have to ask of one server at once. */
    private static final int LEAST_IN_FLIGHT = 10;

    /**
     * Returns the same, but that clients send each key to one server all the time.
     * @param mostKeys how many keys there are at most
     */
    Settings withFixedRoutes(int mostKeys) {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        faults.addAll(this.faults);
        faults.remove(FaultKind.MEMBERSHIP);
        return new Settings(this.servers, 0, 0, this.clients, this.callers, this.poolSize, this.loops, this.strands,
                this.callsInCallbacks, Math.min(mostKeys, this.keys), this.requestTimeout, this.thinkMillis,
                this.faultGapMillis, this.deliveryAfterReset, this.largeValues, this.restartedCas, this.release,
                this.maxAgeMillis, Math.max(LEAST_IN_FLIGHT, this.maxInFlight), this.callbacksElsewhere, faults,
                this.often, this.haste, false, this.pace);
    }

    /**
     * Returns the same with few calls of several clients, each of which often reaches one
     * of two servers only, but never for hours: they ask all the time.
     */
    Settings divided(Chance chance) {
        EnumSet<FaultKind> faults = EnumSet.of(FaultKind.PARTITION, FaultKind.DELAY);
        faults.addAll(this.faults);
        return new Settings(2, this.spares, this.gutters, chance.from(2, 3), chance.from(1, 2), this.poolSize,
                this.loops, 1, this.callsInCallbacks, chance.from(1, 2), this.requestTimeout,
                chance.pick(List.of(20, 50, 100)), chance.pick(List.of(200, 500)), this.deliveryAfterReset,
                this.largeValues, this.restartedCas, this.release, this.maxAgeMillis, this.maxInFlight,
                this.callbacksElsewhere, faults, FaultKind.PARTITION, this.haste, this.wandering, Pace.BUSY);
    }

    private Settings with(FaultKind kind) {
        EnumSet<FaultKind> faults = EnumSet.of(kind);
        faults.addAll(this.faults);
        return new Settings(this.servers, this.spares, this.gutters, this.clients, this.callers, this.poolSize,
                this.loops, this.strands, this.callsInCallbacks, this.keys, this.requestTimeout, this.thinkMillis,
                this.faultGapMillis, this.deliveryAfterReset, this.largeValues, this.restartedCas, this.release,
                this.maxAgeMillis, this.maxInFlight, this.callbacksElsewhere, faults, this.often, this.haste,
                this.wandering, this.pace);
    }

    private Settings withHaste(double haste) {
        return new Settings(this.servers, this.spares, this.gutters, this.clients, this.callers, this.poolSize,
                this.loops, this.strands, this.callsInCallbacks, this.keys, this.requestTimeout, this.thinkMillis,
                this.faultGapMillis, this.deliveryAfterReset, this.largeValues, this.restartedCas, this.release,
                this.maxAgeMillis, this.maxInFlight, this.callbacksElsewhere, this.faults, this.often, haste, false,
                this.pace);
    }

    /**
     * Returns the same with clients that start again with other lists all the time, and
     * so few calls that what was left somewhere is not overwritten at once. Servers that
     * stand still keep what is under way from ending before the next start.
     */
    private Settings wandering(Chance chance) {
        EnumSet<FaultKind> faults = EnumSet.of(FaultKind.CLIENT_RESTART, FaultKind.MEMBERSHIP, FaultKind.PAUSE,
                FaultKind.STUCK);
        faults.addAll(this.faults);
        return new Settings(this.servers, Math.max(1, this.spares), this.gutters, this.clients, this.callers,
                this.poolSize, this.loops, this.strands, this.callsInCallbacks, chance.from(10, 50),
                Duration.ofMillis(chance.pick(List.of(500, 1500))), chance.pick(List.of(5, 20, 100)),
                this.faultGapMillis, this.deliveryAfterReset, this.largeValues, this.restartedCas, this.release,
                this.maxAgeMillis, this.maxInFlight, this.callbacksElsewhere, faults, FaultKind.CLIENT_RESTART,
                Math.max(0.5, this.haste), true, this.pace);
    }

    static Settings of(Chance chance, Pace pace) {
        EnumSet<FaultKind> faults = EnumSet.noneOf(FaultKind.class);
        double share = chance.pick(List.of(0.2, 0.5, 0.8));
        Stream.of(FaultKind.values())
            .filter((kind) -> kind != FaultKind.CLIENT_NO_MEMORY && chance.hits(share))
            .forEach(faults::add);
        boolean memberships = chance.hits(0.25);
        if (!memberships) {
            faults.remove(FaultKind.MEMBERSHIP);
        }
        FaultKind often = chance.hits(0.2) ? chance.pick(List.of(FaultKind.CLIENT_RESTART, FaultKind.CLIENT_REPLACED))
                : null;
        if (often != null) {
            faults.add(often);
        }
        Settings usual = new Settings(chance.from(1, 4), memberships ? chance.from(1, 2) : 0,
                chance.hits(0.25) ? chance.from(1, 2) : 0, chance.from(1, 3), chance.from(1, 6), chance.from(1, 3),
                chance.from(1, 2), chance.pick(List.of(1, 3, 10)), chance.pick(List.of(0.1, 0.5, 0.9)),
                chance.from(1, 10), Duration.ofMillis(chance.pick(List.of(50, 200, 200, 500, 1500))),
                chance.pick(List.of(1, 5, 20, 100)), chance.pick(List.of(200, 500, 1000, 3000)),
                chance.pick(List.of(0.0, 0.3, 0.9)), chance.hits(0.3), false,
                chance.pick(List.of("1.6.18", "1.6.38", "1.6.45")), chance.hits(0.3) ? chance.from(50, 3000) : 0,
                chance.hits(0.2) ? chance.from(2, 10) : 1024, chance.hits(0.2), faults, often, 0, false, pace);
        // Drawn last, so that seeds from before keep what they had.
        boolean wandering = chance.hits(0.15);
        Settings hasty = usual.withHaste(chance.pick(List.of(0.0, 0.0, 0.5, 1.0)));
        Settings settings = wandering ? hasty.wandering(chance) : hasty;
        return chance.hits(0.25) ? settings.with(FaultKind.CLIENT_NO_MEMORY) : settings;
    }

}
