package io.memlink.sample;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The database. Safe for use by many threads. Reading a product is meant to be costly:
 * its rank needs the sales of its whole category.
 */
@Repository
public class ProductRepository {

    private static final String FIND = """
            WITH sales AS (
                SELECT line.product_id, COUNT(*) AS purchases, SUM(line.quantity) AS units,
                    SUM(line.quantity * line.unit_price) AS revenue, MAX(purchase.purchased_on) AS last_sold
                FROM product sibling
                JOIN purchase_line line ON line.product_id = sibling.id
                JOIN purchase ON purchase.id = line.purchase_id
                WHERE sibling.category_id = (SELECT category_id FROM product WHERE id = :id)
                    AND NOT purchase.cancelled
                GROUP BY line.product_id),
            ranked AS (
                SELECT sales.*, RANK() OVER (ORDER BY revenue DESC) AS place FROM sales),
            rating AS (
                SELECT COUNT(*) AS reviews, AVG(CAST(stars AS DOUBLE PRECISION)) AS stars
                FROM review WHERE product_id = :id)
            SELECT product.id, product.name, category.name AS category, product.price,
                COALESCE(ranked.purchases, 0) AS purchases, COALESCE(ranked.units, 0) AS units,
                COALESCE(ranked.revenue, 0) AS revenue, ranked.place, ranked.last_sold,
                rating.reviews, rating.stars
            FROM product
            JOIN category ON category.id = product.category_id
            CROSS JOIN rating
            LEFT JOIN ranked ON ranked.product_id = product.id
            WHERE product.id = :id
            """;

    private static final String BOUGHT_WITH = """
            SELECT other.product_id AS id, product.name, COUNT(*) AS purchases
            FROM purchase_line line
            JOIN purchase_line other ON other.purchase_id = line.purchase_id AND other.product_id <> line.product_id
            JOIN product ON product.id = other.product_id
            WHERE line.product_id = :id
            GROUP BY other.product_id, product.name
            ORDER BY purchases DESC, id
            LIMIT 3
            """;

    private static final String BESTSELLERS = """
            SELECT product.id, product.name, SUM(line.quantity) AS units
            FROM purchase_line line
            JOIN purchase ON purchase.id = line.purchase_id AND NOT purchase.cancelled
            JOIN product ON product.id = line.product_id
            GROUP BY product.id, product.name
            ORDER BY units DESC, product.id
            LIMIT 5
            """;

    private static final String UPDATE = "UPDATE product SET name = :name, price = :price WHERE id = :id";

    private final JdbcClient jdbc;

    ProductRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Reads a product, in one transaction so that all of it is of one moment.
     * @param id its number
     * @return the product; {@code null} if there is none
     */
    @Transactional(readOnly = true)
    public @Nullable Product find(long id) {
        Product product = this.jdbc.sql(FIND)
            .param("id", id)
            .query((row, number) -> toProduct(row))
            .optional()
            .orElse(null);
        return (product != null) ? product.boughtWith(boughtWith(id)) : null;
    }

    private List<Product.Companion> boughtWith(long id) {
        return this.jdbc.sql(BOUGHT_WITH).param("id", id).query(Product.Companion.class).list();
    }

    Bestsellers bestsellers() {
        return new Bestsellers(Instant.now(), this.jdbc.sql(BESTSELLERS).query(Bestsellers.Entry.class).list());
    }

    boolean update(long id, String name, BigDecimal price) {
        return this.jdbc.sql(UPDATE).param("id", id).param("name", name).param("price", price).update() > 0;
    }

    private static Product toProduct(ResultSet row) throws SQLException {
        Product.Sales sales = new Product.Sales(row.getLong("purchases"), row.getLong("units"),
                row.getBigDecimal("revenue"), row.getObject("place", Integer.class),
                row.getObject("last_sold", LocalDate.class));
        Product.Ratings ratings = new Product.Ratings(row.getLong("reviews"), row.getObject("stars", Double.class));
        return new Product(row.getLong("id"), row.getString("name"), row.getString("category"),
                row.getBigDecimal("price"), sales, ratings, List.of());
    }

}
