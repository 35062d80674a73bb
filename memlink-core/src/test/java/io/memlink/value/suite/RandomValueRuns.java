package io.memlink.value.suite;

import java.util.Map;
import java.util.TreeMap;

/**
 * Random values on their way to bytes and back. Started by hand with the name of a
 * subject, the first seed and how many.
 */
final class RandomValueRuns {

    private RandomValueRuns() {
    }

    static RoundTrip run(Subject subject, Subject.Session session, long seed) {
        return RoundTrip.of(subject, session, session,
                new ValueCase("random", "seed " + seed, () -> new RandomValues(seed).any(), (same) -> ""));
    }

    public static void main(String[] args) {
        Subject subject = Subject.named(args[0]);
        Subject.Session session = subject.open(RandomValueRuns.class.getClassLoader(), Values.TRUSTED);
        long first = Long.parseLong(args[1]);
        Map<String, Integer> counts = new TreeMap<>();
        for (long seed = first; seed < first + Long.parseLong(args[2]); seed++) {
            RoundTrip trip = run(subject, session, seed);
            counts.merge(trip.verdict().toString(), 1, Integer::sum);
            if (trip.verdict().isFailure()) {
                System.out.println("seed " + seed + " " + trip);
            }
            else if (trip.verdict() == Verdict.REFUSED) {
                counts.merge("  " + trip.why().replaceAll(" at .*?,", ",").replaceAll("\\(expected.*", ""), 1,
                        Integer::sum);
            }
        }
        counts.forEach((verdict, count) -> System.out.println(count + " " + verdict));
    }

}
