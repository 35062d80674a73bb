package io.memlink.benchmarks.scaling;

import java.util.ArrayList;
import java.util.List;

import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;

/**
 * Measurement of the time it takes to locate a key: the best of some rounds, in one
 * thread.
 */
final class LocateCost {

    private static final int KEYS = 4096;

    private static final int ROUNDS = 20;

    private static final long ROUND_NANOS = 50_000_000;

    /** Keeps the work from being optimized away. */
    private static volatile int sink;

    private LocateCost() {
    }

    static void print() {
        // Lets the compiler see all locators before one of them is measured.
        Scaling.LOCATORS.forEach((locator) -> nanos(locator, Scaling.backends(10)));
        List<Object> columns = new ArrayList<>(List.of("backends", "rendezvous, weighted"));
        columns.addAll(Scaling.LOCATORS);
        Scaling.head("Locating one key of 12 to 15 bytes, in nanoseconds", columns.toArray());
        for (int count : Scaling.BACKENDS) {
            List<Backend> weighted = new ArrayList<>(Scaling.backends(count));
            weighted.set(0, Backend.parse(weighted.get(0) + "*2"));
            List<Object> row = new ArrayList<>(List.of(count, nanos("rendezvous", weighted)));
            for (String locator : Scaling.LOCATORS) {
                row.add(nanos(locator, Scaling.backends(count)));
            }
            Scaling.row(row.toArray());
        }
    }

    private static long nanos(String name, List<Backend> backends) {
        NodeLocator locator = NodeLocator.named(name).create(backends);
        byte[][] keys = new byte[KEYS][];
        for (int i = 0; i < KEYS; i++) {
            keys[i] = Scaling.key(1000 + i);
        }
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.min(best, round(locator, keys));
        }
        return Math.round(best);
    }

    private static double round(NodeLocator locator, byte[][] keys) {
        int sum = 0;
        long located = 0;
        long start = System.nanoTime();
        long elapsed = 0;
        while (elapsed < ROUND_NANOS) {
            for (byte[] key : keys) {
                sum += locator.locate(key);
            }
            located += keys.length;
            elapsed = System.nanoTime() - start;
        }
        sink = sum;
        return (double) elapsed / located;
    }

}
