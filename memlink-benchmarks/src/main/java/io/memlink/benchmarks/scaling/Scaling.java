package io.memlink.benchmarks.scaling;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import io.memlink.placement.Backend;

/** Prints the tables of the page on scaling. */
public final class Scaling {

    static final List<Integer> BACKENDS = List.of(3, 10, 30, 100, 300, 1000);

    static final List<String> LOCATORS = List.of("rendezvous", "ketama", "ketama-spymemcached", "ketama-xmemcached",
            "modulo", "jump");

    private Scaling() {
    }

    /**
     * Prints all tables, or those that are named.
     * @param arguments some of {@code balance}, {@code cost}, {@code storm} and
     * {@code connections}
     */
    public static void main(String[] arguments) throws Exception {
        List<String> tables = (arguments.length > 0) ? List.of(arguments)
                : List.of("balance", "cost", "storm", "connections");
        for (String table : tables) {
            switch (table) {
                case "balance" -> Placement.print();
                case "cost" -> LocateCost.print();
                case "storm" -> ReconnectStorm.print();
                case "connections" -> ManyConnections.print();
                default -> throw new IllegalArgumentException(
                        "table: " + table + " (expected: balance, cost, storm or connections)");
            }
        }
    }

    /** Returns backends of weight 1, in the order of their identities. */
    static List<Backend> backends(int count) {
        return IntStream.range(0, count)
            .mapToObj((i) -> Backend.of("10." + (100 + i / 100) + "." + (100 + i % 100) + ".1", 11211))
            .toList();
    }

    static byte[] key(int number) {
        return ("product:" + number).getBytes(StandardCharsets.US_ASCII);
    }

    static void row(Object... cells) {
        StringBuilder row = new StringBuilder("|");
        for (Object cell : cells) {
            row.append(' ').append(cell).append(" |");
        }
        System.out.println(row);
    }

    static void head(String title, Object... cells) {
        System.out.println("\n" + title + "\n");
        row(cells);
        System.out.println("|" + "---|".repeat(cells.length));
    }

}
