package io.memlink.sample;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * A change of a product as sent by {@code PUT}, before it is validated. Immutable.
 *
 * @param name the new name
 * @param price the new price
 */
record ProductChange(@Nullable String name, @Nullable BigDecimal price) {

    private static final int MAX_NAME_LENGTH = 120;

    private static final BigDecimal MAX_PRICE = new BigDecimal("99999999.99");

    private static final int PRICE_DECIMALS = 2;

    String validName() {
        if (this.name == null || this.name.isBlank() || this.name.length() > MAX_NAME_LENGTH) {
            throw new InvalidInputException("name", this.name, "1 to 120 characters, not all of them blank");
        }
        return this.name.strip();
    }

    BigDecimal validPrice() {
        if (this.price == null || this.price.signum() <= 0 || this.price.compareTo(MAX_PRICE) > 0
                || this.price.stripTrailingZeros().scale() > PRICE_DECIMALS) {
            throw new InvalidInputException("price", this.price, "0.01 to 99999999.99, with at most two decimals");
        }
        return this.price;
    }

}
