package io.memlink.benchmarks.values;

import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values such as applications cache. */
final class SampleValues {

    private SampleValues() {
    }

    static Object of(String name) {
        return switch (name) {
            case "record" -> product(0);
            case "bean" -> new Customer(1);
            case "list" -> {
                List<Product> list = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    list.add(product(i));
                }
                yield list;
            }
            case "map" -> {
                Map<String, Object> map = new HashMap<>();
                for (int i = 0; i < 20; i++) {
                    map.put("key" + i, (i % 2 == 0) ? "value " + i : i * 1.5);
                }
                yield map;
            }
            default -> throw new IllegalArgumentException("value: " + name + " (expected: record, bean, list, map)");
        };
    }

    private static Product product(int number) {
        return new Product("sku-1234" + number, BigDecimal.valueOf(1990 + number, 2),
                Instant.ofEpochSecond(1_700_000_000L + number, 123_456_000), new ArrayList<>(List.of("new", "sale")),
                Color.values()[number % 3]);
    }

    /** Something to choose from. */
    public enum Color {

        /** One. */
        RED,

        /** Another. */
        GREEN,

        /** A third. */
        BLUE

    }

    /**
     * A small record.
     *
     * @param sku a text
     * @param price a decimal
     * @param since a time
     * @param tags a list
     * @param color a constant
     */
    public record Product(String sku, BigDecimal price, Instant since, List<String> tags,
            Color color) implements Serializable {
    }

    /** An object of a dozen fields. */
    public static final class Customer implements Serializable {

        private static final long serialVersionUID = 1L;

        /** Numbers. */
        public long id;

        /** Numbers. */
        public int orders;

        /** Numbers. */
        public int returns;

        /** Numbers. */
        public double balance;

        /** Whether it is one. */
        public boolean active;

        /** Texts. */
        public String name = "";

        /** Texts. */
        public String street = "";

        /** Texts. */
        public String city = "";

        /** A date. */
        public LocalDate born = LocalDate.EPOCH;

        /** A time. */
        public Instant seen = Instant.EPOCH;

        /** Texts. */
        public ArrayList<String> roles = new ArrayList<>();

        /** A constant. */
        public Color color = Color.RED;

        /** For those who need it. */
        public Customer() {
        }

        Customer(long id) {
            this.id = 1000 + id;
            this.orders = 42;
            this.returns = -1;
            this.balance = 12.5;
            this.active = true;
            this.name = "Customer " + id;
            this.street = "Some Street 12";
            this.city = "Köln";
            this.born = LocalDate.of(1990, 2, 3);
            this.seen = Instant.ofEpochSecond(1_700_000_000L);
            this.roles.add("admin");
        }

    }

}
