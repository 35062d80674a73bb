package io.memlink.simulation;

import java.util.ArrayList;
import java.util.List;

/** Leaves out faults as long as the same promise is broken without them. */
final class Shrinker {

    private final long seed;

    private final Workload.Type type;

    private Simulation.Result shortest;

    Shrinker(Simulation.Result broken) {
        this.seed = broken.seed();
        this.type = broken.type();
        this.shortest = broken;
    }

    /**
     * Returns a simulation in which the promise is broken, and no fault can be spared.
     */
    Simulation.Result shrink() {
        int size = Math.max(1, this.shortest.script().size() / 2);
        while (true) {
            boolean shorter = false;
            int from = 0;
            while (from < this.shortest.script().size()) {
                if (breaksWithout(from, size)) {
                    shorter = true;
                }
                else {
                    from += size;
                }
            }
            if (size == 1 && !shorter) {
                return this.shortest;
            }
            size = Math.max(1, size / 2);
        }
    }

    private boolean breaksWithout(int from, int count) {
        List<Fault> rest = new ArrayList<>(this.shortest.script());
        rest.subList(from, Math.min(from + count, rest.size())).clear();
        Simulation.Result result = Simulation.run(this.seed, this.type, (script) -> rest, null);
        boolean same = result.violation() != null && promise(result).equals(promise(this.shortest));
        if (same) {
            this.shortest = result;
        }
        return same;
    }

    /** Returns what was broken, without the numbers of calls and values. */
    private static String promise(Simulation.Result broken) {
        Violation violation = broken.violation();
        return (violation == null) ? "" : violation.getMessage().replaceAll("\\d+|[A-Z_]{3,} [kl]?|\\[.*", "");
    }

}
