package io.memlink.benchmarks.scaling;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;

/**
 * Measurement of how evenly keys lie, and how many of them a change of the backends
 * moves.
 */
final class Placement {

    private static final int KEYS = 1_000_000;

    private Placement() {
    }

    static void print() {
        List<Object> columns = new ArrayList<>(List.of("backends"));
        columns.addAll(Scaling.LOCATORS);
        List<Object[]> added = new ArrayList<>();
        List<Object[]> removed = new ArrayList<>();
        Scaling.head("Least and most loaded backend, in percent of the mean", columns.toArray());
        for (int count : Scaling.BACKENDS) {
            List<Object> balance = new ArrayList<>(List.of(count));
            List<Object> add = new ArrayList<>(List.of(count, percent(1.0 / (count + 1))));
            List<Object> remove = new ArrayList<>(List.of(count, percent(1.0 / count)));
            List<Backend> backends = Scaling.backends(count);
            List<Backend> more = Scaling.backends(count + 1);
            List<Backend> fewer = new ArrayList<>(backends);
            fewer.remove(count / 2);
            for (String locator : Scaling.LOCATORS) {
                Backend[] placement = placement(locator, backends);
                balance.add(balance(placement, backends));
                add.add(percent(moved(placement, placement(locator, more))));
                remove.add(percent(moved(placement, placement(locator, fewer))));
            }
            Scaling.row(balance.toArray());
            added.add(add.toArray());
            removed.add(remove.toArray());
        }
        columns.add(1, "1/n of all");
        print("Keys that move when a backend is added behind the last, in percent", columns, added);
        print("Keys that move when the middle backend is removed, in percent", columns, removed);
    }

    private static void print(String title, List<Object> columns, List<Object[]> rows) {
        Scaling.head(title, columns.toArray());
        rows.forEach(Scaling::row);
    }

    private static Backend[] placement(String name, List<Backend> backends) {
        NodeLocator locator = NodeLocator.named(name).create(backends);
        Backend[] placement = new Backend[KEYS];
        for (int i = 0; i < KEYS; i++) {
            placement[i] = backends.get(locator.locate(Scaling.key(i)));
        }
        return placement;
    }

    private static String balance(Backend[] placement, List<Backend> backends) {
        Map<Backend, Integer> loads = new HashMap<>();
        backends.forEach((backend) -> loads.put(backend, 0));
        for (Backend backend : placement) {
            loads.merge(backend, 1, Integer::sum);
        }
        int[] sorted = loads.values().stream().mapToInt(Integer::intValue).sorted().toArray();
        double mean = (double) KEYS / backends.size();
        return Math.round(100 * sorted[0] / mean) + " - " + Math.round(100 * sorted[sorted.length - 1] / mean);
    }

    private static double moved(Backend[] before, Backend[] after) {
        int moved = 0;
        for (int i = 0; i < KEYS; i++) {
            moved += before[i].equals(after[i]) ? 0 : 1;
        }
        return (double) moved / KEYS;
    }

    private static String percent(double share) {
        return String.format("%.2f", 100 * share);
    }

}
