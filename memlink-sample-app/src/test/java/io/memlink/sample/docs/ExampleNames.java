package io.memlink.sample.docs;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.memlink.MemlinkClient;
import io.memlink.spring.MemlinkTemplate;
import io.memlink.spring.cache.MemlinkCacheManager;
import org.springframework.context.ApplicationContext;

/**
 * What the examples of the pages talk about without explaining it.
 */
public final class ExampleNames {

    /** The database of the examples. */
    public static final Repository repository = new Repository();

    /** Keys of the examples. */
    public static final List<String> keys = List.of("product:1", "product:2");

    /** The client of the application that the examples are part of. */
    public static MemlinkClient client;

    /** Its template. */
    public static MemlinkTemplate template;

    /** Its cache manager. */
    public static MemlinkCacheManager cacheManager;

    private ExampleNames() {
    }

    static void use(ApplicationContext application) {
        client = application.getBean(MemlinkClient.class);
        template = application.getBean(MemlinkTemplate.class);
        cacheManager = application.getBean(MemlinkCacheManager.class);
    }

    /**
     * A product of the examples.
     *
     * @param id its number
     * @param name what it is called
     * @param price what it costs
     */
    public record Product(long id, String name, BigDecimal price) {

    }

    /** The database of the examples. */
    public static final class Repository {

        /**
         * Finds a product.
         * @param id its number
         * @return the product
         */
        public Product find(long id) {
            return new Product(id, "Oak table", new BigDecimal("249.90"));
        }

        /**
         * Finds products.
         * @param keys their keys
         * @return the products by their keys
         */
        public Map<String, Product> findAll(List<String> keys) {
            return keys.stream().map(Objects::requireNonNull).collect(Collectors.toMap((key) -> key, (key) -> find(1)));
        }

    }

}
