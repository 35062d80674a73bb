package io.memlink.sample;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/**
 * Cached catalogue of products. Safe for use by many threads.
 */
@Service
@CacheConfig(cacheNames = ProductCatalogue.CACHE)
class ProductCatalogue {

    static final String CACHE = "products";

    private final ProductRepository products;

    ProductCatalogue(ProductRepository products) {
        this.products = products;
    }

    // One call at a time loads a product; the others wait for what it found. Unknown
    // products are remembered too.
    @Cacheable(sync = true)
    @Nullable Product find(long id) {
        return this.products.find(id);
    }

    // The database changes first: whoever reads after the eviction finds the new row.
    @CacheEvict(key = "#id")
    boolean change(long id, String name, BigDecimal price) {
        return this.products.update(id, name, price);
    }

    @CacheEvict(allEntries = true)
    void forgetAll() {
    }

}
