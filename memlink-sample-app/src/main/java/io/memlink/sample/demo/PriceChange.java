package io.memlink.sample.demo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import io.memlink.sample.Product;
import io.memlink.sample.ProductCatalogue;
import io.memlink.sample.ProductRepository;
import org.springframework.stereotype.Component;

/**
 * A new price, and how soon the other applications see it. Safe for use by many threads.
 */
@Component
class PriceChange {

    private static final BigDecimal FACTOR = new BigDecimal("1.10");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final ProductCatalogue catalogue;

    private final ProductRepository database;

    private final Applications applications;

    PriceChange(ProductCatalogue catalogue, ProductRepository database, Applications applications) {
        this.catalogue = catalogue;
        this.database = database;
        this.applications = applications;
    }

    Result raise(long id) {
        Product before = this.catalogue.find(id);
        if (before == null) {
            throw new IllegalArgumentException("id: " + id + " (expected: a product that exists)");
        }
        BigDecimal price = before.price().multiply(FACTOR).setScale(2, RoundingMode.HALF_UP);
        try (Applications.Caches caches = this.applications.caches(ProductCatalogue.PRODUCTS,
                UnaryOperator.identity())) {
            seenBy(caches, id, before.price());
            long begun = System.nanoTime();
            this.catalogue.change(id, before.name(), price);
            long seen = awaitAll(() -> seenBy(caches, id, price), System::nanoTime);
            return new Result(before.name(), before.price(), price, seen, Applications.COUNT,
                    Duration.ofNanos(System.nanoTime() - begun).toNanos() / 1_000_000.0);
        }
    }

    /**
     * Lets all look until all see it. A look that takes long says nothing of what is seen
     * then, so that patience ends with one that began late enough.
     */
    static long awaitAll(LongSupplier look, LongSupplier nanoTime) {
        long begun = nanoTime.getAsLong();
        long looked = begun;
        long seen = look.getAsLong();
        while (seen < Applications.COUNT && looked - begun < PATIENCE.toNanos()) {
            looked = nanoTime.getAsLong();
            seen = look.getAsLong();
        }
        return seen;
    }

    /**
     * Lets each application look at the product, as its cached method would: who loads
     * asks the database. The catalogue of this application would wait for that very load.
     */
    private long seenBy(Applications.Caches caches, long id, BigDecimal price) {
        return IntStream.range(0, Applications.COUNT)
            .mapToObj((application) -> caches.of(application).get(id, () -> this.database.find(id)))
            .filter((product) -> Objects.requireNonNull(product).price().compareTo(price) == 0)
            .count();
    }

    /**
     * The result, once it has ended.
     *
     * @param name the product
     * @param before its price before
     * @param after its price now
     * @param seen how many applications see the new price
     * @param applications how many there are
     * @param millis how long it took until they did, from the change on
     */
    record Result(String name, BigDecimal before, BigDecimal after, long seen, int applications, double millis) {

    }

}
