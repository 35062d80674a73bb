package io.memlink.benchmarks.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

import io.memlink.time.Backoff;

/**
 * Simulation of the clients of one server that loses all connections at once and returns
 * a while later: when they dial it. Each client waits as {@code Backoff} says after each
 * refusal, and a refusal takes no time.
 */
final class ReconnectStorm {

    private static final int CLIENTS = 1000;

    private static final long[] OUTAGES_MILLIS = { 1000, 5000, 30_000 };

    private static final Backoff BACKOFF = new Backoff(TimeUnit.MILLISECONDS.toNanos(50),
            TimeUnit.MILLISECONDS.toNanos(800));

    private ReconnectStorm() {
    }

    static void print() {
        Scaling.head(CLIENTS + " clients, each with one connection, lose a server", "away for", "waits",
                "dials while it is away", "most in 10 ms, after the first", "most in 10 ms, once it is back",
                "half are back after", "all are back after");
        for (long outage : OUTAGES_MILLIS) {
            Random random = new Random(1);
            storm(outage, "as they are", random::nextDouble);
            storm(outage, "without chance", () -> 1);
        }
    }

    private static void storm(long outageMillis, String name, DoubleSupplier random) {
        List<Double> refused = new ArrayList<>();
        List<Double> returned = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            double millis = 0;
            for (int failures = 1; millis < outageMillis; failures++) {
                refused.add(millis);
                millis += (double) BACKOFF.delayNanos(failures, random.getAsDouble())
                        / TimeUnit.MILLISECONDS.toNanos(1);
            }
            returned.add(millis - outageMillis);
        }
        Collections.sort(returned);
        Scaling.row(outageMillis + " ms", name, refused.size(),
                busiest(refused.stream().filter((millis) -> millis > 0).toList()), busiest(returned),
                Math.round(returned.get(CLIENTS / 2)) + " ms", Math.round(returned.get(CLIENTS - 1)) + " ms");
    }

    private static int busiest(List<Double> millis) {
        int[] dials = new int[4000];
        millis.forEach((time) -> dials[(int) (time / 10)]++);
        int most = 0;
        for (int count : dials) {
            most = Math.max(most, count);
        }
        return most;
    }

}
