package io.memlink.spring.boot.autoconfigure.documents;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.spring.MemlinkTemplate;
import org.springframework.cache.CacheManager;

/**
 * What the samples of the pages take for granted: a shop with products and a library with
 * books. Samples of single test methods are within a class that extends this one.
 */
public class SampleWorld {

    public static final Repository repository = new Repository();

    public static final List<String> keys = List.of("product:1", "product:2");

    public static MemlinkTemplate template;

    protected Books books;

    protected CacheManager caches;

    public record Product(String name, long cents) {

    }

    public record Iban(String text) {

        public static Iban parse(String text) {
            return new Iban(text);
        }

        @Override
        public String toString() {
            return this.text;
        }

    }

    public interface Books {

        String title(int id);

        void forget(int id);

    }

    public static final class Repository {

        final AtomicInteger finds = new AtomicInteger();

        public Product find(long id) {
            this.finds.incrementAndGet();
            return new Product("tea " + id, 350);
        }

        public Map<String, Product> findAll(Collection<String> keys) {
            Map<String, Product> products = new LinkedHashMap<>();
            keys.forEach((key) -> products.put(key, new Product(key, 350)));
            return products;
        }

    }

}
