package io.memlink.link.flow;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of requests of one affinity among several connections, one step after the
 * other; in all orders of steps, see {@code LanesLincheckTests}.
 */
class LanesTests {

    private final Lanes lanes = new Lanes();

    @Test
    void whoComesBehindNobodyHasTheChoice() {
        assertThat(this.lanes.enter(7, 3)).isEqualTo(3);
        this.lanes.leave(7);
        assertThat(this.lanes.enter(7, 63)).isEqualTo(63);
        assertThat(this.lanes.requests()).isOne();
    }

    @Test
    void whoComesBehindOthersFollowsThem() {
        this.lanes.enter(7, 3);
        this.lanes.enter(7, 1);
        this.lanes.leave(7);
        assertThat(this.lanes.enter(7, 0)).isEqualTo(3);
        assertThat(this.lanes.find(7, 1)).isEqualTo(3);
    }

    @Test
    void whereNobodyIsPendingTheWantedConnectionIsFound() {
        this.lanes.enter(7, 3);
        this.lanes.leave(7);
        assertThat(this.lanes.find(7, 1)).isOne();
    }

    @Test
    void affinitiesOfAllKindsFindTheirOwnAgain() {
        for (int affinity : new int[] { 0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, "key".hashCode() }) {
            assertThat(this.lanes.enter(affinity, 2)).isEqualTo(2);
            assertThat(this.lanes.find(affinity, 0)).isEqualTo(2);
            this.lanes.leave(affinity);
            assertThat(this.lanes.find(affinity, 0)).isZero();
        }
    }

    @Test
    void fewOfManyAffinitiesFollowEachOther() {
        int free = 0;
        for (int i = 0; i < 100; i++) {
            free += (this.lanes.enter(("user:" + i).hashCode(), i % 64) == i % 64) ? 1 : 0;
        }
        assertThat(free).isGreaterThan(85);
    }

}
