package io.memlink.sample;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A product as customers see it. Immutable; this is what is cached.
 *
 * @param id the number of the product
 * @param name what it is called
 * @param category the category it belongs to
 * @param price what it costs now
 * @param sales how it sold
 * @param ratings what customers said
 * @param boughtWith what was most often bought together with it
 */
public record Product(long id, String name, String category, BigDecimal price, Sales sales, Ratings ratings,
        List<Companion> boughtWith) {

    /** Copies the list. */
    public Product {
        boughtWith = List.copyOf(boughtWith);
    }

    Product boughtWith(List<Companion> companions) {
        return new Product(this.id, this.name, this.category, this.price, this.sales, this.ratings, companions);
    }

    /**
     * Sales figures of a product.
     *
     * @param purchases in how many purchases it was
     * @param units how many pieces were sold
     * @param revenue what was paid for them
     * @param rankInCategory its place by revenue, {@code null} if it never sold
     * @param lastSold when it was last sold, {@code null} if it never sold
     */
    public record Sales(long purchases, long units, BigDecimal revenue, @Nullable Integer rankInCategory,
            @Nullable LocalDate lastSold) {

    }

    /**
     * Ratings of a product by customers.
     *
     * @param reviews how many reviews there are
     * @param averageStars their mean, {@code null} if there are none
     */
    public record Ratings(long reviews, @Nullable Double averageStars) {

    }

    /**
     * A product that was bought together with another one.
     *
     * @param id the number of the product
     * @param name what it is called
     * @param purchases in how many purchases both were
     */
    public record Companion(long id, String name, long purchases) {

    }

}
