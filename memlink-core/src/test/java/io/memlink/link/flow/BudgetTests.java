package io.memlink.link.flow;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Permits.
 */
class BudgetTests {

    private final Budget client = new Budget("client", 3, 1000, null);

    private final Budget connection = new Budget("connection", 2, 500, this.client);

    @Test
    void isBoundedInRequestsAndBytes() {
        assertThat(this.connection.acquire(501)).isSameAs(this.connection);
        assertThat(this.connection.acquire(100)).isNull();
        assertThat(this.connection.acquire(100)).isNull();
        assertThat(this.connection.acquire(100)).isSameAs(this.connection);
        assertThat(this.connection).hasToString("connection: 2 of 2 requests, 200 of 500 bytes");
    }

    @Test
    void countsForTheWholeAsWell() {
        Budget other = new Budget("connection", 10, 10_000, this.client);
        assertThat(other.acquire(900)).isNull();
        assertThat(this.connection.acquire(101)).isSameAs(this.client);
        assertThat(this.connection.requests()).isZero();
        assertThat(this.client.bytes()).isEqualTo(900);
        other.release(900);
        assertThat(this.connection.acquire(101)).isNull();
    }

    @Test
    void whatIsForcedCountsToo() {
        this.connection.force(2000);
        assertThat(this.connection.acquire(1)).isSameAs(this.connection);
        assertThat(this.client.bytes()).isEqualTo(2000);
        this.connection.release(2000);
        assertThat(this.client.bytes()).isZero();
        assertThat(this.client.requests()).isZero();
    }

}
