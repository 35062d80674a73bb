package io.memlink.sample;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * The catalogue, answered from memcached where it can be. This is all that an application
 * has to write; how long entries live, and what happens when they are over, is in
 * {@code application.yml}. Safe for use by many threads.
 */
@Service
public class ProductCatalogue {

    /** The cache of products. */
    public static final String PRODUCTS = "products";

    /** The cache of the bestsellers. */
    public static final String BESTSELLERS = "bestsellers";

    private final ProductRepository products;

    ProductCatalogue(ProductRepository products) {
        this.products = products;
    }

    /**
     * Finds a product. With {@code sync = true}, one caller of all applications loads
     * what is missing, and the others wait for it. That there is no such product is
     * remembered too.
     * @param id its number
     * @return the product; {@code null} if there is none
     */
    @Cacheable(cacheNames = PRODUCTS, sync = true)
    public @Nullable Product find(long id) {
        return this.products.find(id);
    }

    /**
     * Changes a product. The database changes first, so that whoever reads after the
     * eviction finds the new row.
     * @param id its number
     * @param name the new name
     * @param price the new price
     * @return whether there is such a product
     */
    @CacheEvict(cacheNames = PRODUCTS, key = "#id")
    public boolean change(long id, String name, BigDecimal price) {
        return this.products.update(id, name, price);
    }

    /**
     * Finds what sold best. Nobody waits for the query again once it has been answered:
     * while one caller asks anew, or the database is down, all get the last answer.
     * @return the bestsellers, at most some seconds old while the database answers
     */
    @Cacheable(cacheNames = BESTSELLERS, sync = true)
    public Bestsellers bestsellers() {
        return this.products.bestsellers();
    }

    /** Forgets all products, in all applications: one request, however many there are. */
    @CacheEvict(cacheNames = PRODUCTS, allEntries = true)
    public void forgetAll() {
    }

}
