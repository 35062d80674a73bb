package io.memlink.benchmarks.soak;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.test.MemcachedProcess;

/**
 * Rounds of loads, evictions and puts by the cached methods of two applications, whose
 * two servers are paused and killed meanwhile, with a check of each value that is read.
 * Prints a scorecard, and ends with 1 if anything older than the last eviction was read.
 * <p>
 * Arguments, each {@code name=value}: {@code rounds} (1,000,000), after which it ends;
 * {@code minutes} (12), after which it ends all the same; {@code seed} (random), which
 * fixes the faults and what each thread does, though not how they meet; {@code clears}
 * (100,000), one of so many rounds clears a cache, none with 0.
 */
public final class CacheRounds {

    static final int APPLICATIONS = 2;

    private static final int SERVERS = 2;

    private CacheRounds() {
    }

    /**
     * Runs the rounds.
     * @param arguments what differs from the defaults
     * @throws Exception if they cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = parse(arguments);
        long rounds = Long.parseLong(given.getOrDefault("rounds", "1000000"));
        double minutes = Double.parseDouble(given.getOrDefault("minutes", "12"));
        long seed = Long.parseLong(given.getOrDefault("seed", String.valueOf(System.nanoTime())));
        CacheClears clears = new CacheClears(Integer.parseInt(given.getOrDefault("clears", "100000")));
        System.out.printf("cache rounds: %,d rounds, at most %s minutes, seed %d%n", rounds, minutes, seed);
        Verdicts verdicts = new Verdicts();
        run(rounds, TimeUnit.SECONDS.toNanos((long) (minutes * 60)), seed, clears, verdicts);
        verdicts.counts().forEach((name, count) -> System.out.printf("%-60s %,14d%n", name, count));
        print(verdicts);
        System.exit((verdicts.violations() == 0) ? 0 : 1);
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !List.of("rounds", "minutes", "seed", "clears").contains(parts[0])) {
                throw new IllegalArgumentException(
                        "argument: " + argument + " (expected: rounds=, minutes=, seed= or clears=, and a number)");
            }
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    private static void run(long rounds, long mostNanos, long seed, CacheClears clears, Verdicts verdicts)
            throws Exception {
        long end = System.nanoTime() + mostNanos;
        List<MemcachedProcess> servers = new ArrayList<>();
        for (int i = 0; i < SERVERS; i++) {
            servers.add(MemcachedProcess.start("-m", "64"));
        }
        CachedTable table = new CachedTable(APPLICATIONS);
        List<CacheApplication> applications = new ArrayList<>();
        for (int i = 0; i < APPLICATIONS; i++) {
            applications.add(new CacheApplication(i, servers, table));
        }
        CacheCallers callers = new CacheCallers(applications, table, clears, verdicts, rounds);
        callers.start(seed);
        ServerFaults faults = new ServerFaults(seed, servers, verdicts);
        while (!callers.enough() && System.nanoTime() < end) {
            faults.next();
        }
        callers.end();
        callers.finish();
        for (CacheApplication application : applications) {
            verdicts.count("hits", application.count(Count.HITS));
            verdicts.count("puts that were refused", application.count(Count.REFUSED_PUTS));
        }
        applications.forEach(CacheApplication::close);
        servers.forEach(MemcachedProcess::close);
    }

    private static void print(Verdicts verdicts) {
        Map<String, Long> counts = verdicts.counts();
        StringBuilder line = new StringBuilder("cache rounds:");
        for (String name : List.of("rounds", "reads", "hits", "evictions", "puts", "pauses", "kills")) {
            line.append(" %s %,d,".formatted(name, counts.getOrDefault(name, 0L)));
        }
        System.out.printf("%s stale %,d, errors %,d, %.0f s%n", line, verdicts.violations(),
                counts.getOrDefault("errors", 0L), verdicts.seconds());
    }

}
