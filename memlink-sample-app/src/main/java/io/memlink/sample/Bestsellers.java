package io.memlink.sample;

import java.time.Instant;
import java.util.List;

/**
 * The best-selling products of the whole shop. Immutable; cached, and allowed to be a
 * little old.
 *
 * @param asOf when the database was asked
 * @param products the products, the best first
 */
public record Bestsellers(Instant asOf, List<Entry> products) {

    /** Copies the list. */
    public Bestsellers {
        products = List.copyOf(products);
    }

    /**
     * One of the bestsellers.
     *
     * @param id the number of the product
     * @param name what it is called
     * @param units how many pieces were sold
     */
    public record Entry(long id, String name, long units) {

    }

}
