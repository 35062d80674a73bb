package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong for a while.
 *
 * @param number its place in the script
 * @param kind what
 * @param atNanos when, counted from the beginning
 * @param nanos for how long
 * @param seed of everything else about it
 */
record Fault(int number, FaultKind kind, long atNanos, long nanos, long seed) {

    /** Returns what goes wrong until a time. */
    static List<Fault> script(Chance chance, Settings settings, long untilNanos) {
        List<Fault> script = new ArrayList<>();
        List<FaultKind> kinds = List.copyOf(settings.faults());
        long at = 0;
        while (!kinds.isEmpty()) {
            at += chance.millis(0, 2 * settings.faultGapMillis());
            if (at >= untilNanos) {
                break;
            }
            FaultKind often = settings.often();
            FaultKind kind = (often != null && chance.hits(0.5)) ? often : chance.pick(kinds);
            long begin = settings.pace().time(at);
            script.add(new Fault(script.size(), kind, begin, settings.pace().length(begin, chance.seldomMany(1, 8000)),
                    chance.nextLong()));
        }
        return script;
    }

    /** Returns what leaves out all faults but some. */
    static UnaryOperator<List<Fault>> only(Integer... numbers) {
        List<Integer> kept = List.of(numbers);
        return (script) -> script.stream().filter((fault) -> kept.contains(fault.number())).toList();
    }

    @Override
    public String toString() {
        return String.format("%d: %s after %.3f s for %.3f s", this.number, this.kind, this.atNanos / 1e9,
                this.nanos / 1e9);
    }

}
