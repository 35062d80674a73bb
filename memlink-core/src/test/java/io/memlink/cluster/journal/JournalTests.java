package io.memlink.cluster.journal;

import java.util.List;
import java.util.stream.IntStream;

import io.memlink.cluster.journal.Journal.Added;
import io.memlink.cluster.journal.Journal.Entry;
import io.memlink.meta.Key;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the journal of a backend keeps.
 */
class JournalTests {

    private final Journal journal = new Journal(3, 1000);

    private Added add(String key, long nanos) {
        return this.journal.add(Key.of(key), nanos, false);
    }

    private Entry entry(String key) {
        return this.journal.find(Key.of(key));
    }

    @Test
    void keepsEachKeyOnceAndTheOldestFirst() {
        add("a", 1);
        add("b", 2);
        add("a", 3);
        assertThat(this.journal.depth()).isEqualTo(2);
        assertThat(this.journal.oldest(1)).extracting(Entry::key).containsExactly(Key.of("a"));
    }

    @Test
    void aKeyStaysUntilItsLatestWishIsDelivered() {
        add("a", 1);
        Entry first = entry("a");
        add("a", 2);
        this.journal.delivered(first, 3);
        assertThat(entry("a")).isNotNull();
        this.journal.delivered(entry("a"), 4);
        assertThat(this.journal.depth()).isZero();
        assertThat(entry("a")).isNull();
    }

    @Test
    void aDeleteThatIsDeliveredMeanwhileMakesHardlyAnyOtherKeyDoubtful() {
        long mark = this.journal.mark();
        add("a", 1);
        this.journal.delivered(entry("a"), 2);
        assertThat(this.journal.mayOwe(Key.of("a"), mark)).isTrue();
        assertThat(this.journal.mayOwe(Key.of("a"), this.journal.mark())).isFalse();
        assertThat(IntStream.range(0, 1000).filter((i) -> this.journal.mayOwe(Key.of("other-" + i), mark)).count())
            .isLessThan(30);
    }

    @Test
    void aLossMakesAllOfThemDoubtful() {
        long mark = this.journal.mark();
        add("a", 1);
        this.journal.lose();
        assertThat(IntStream.range(0, 1000).filter((i) -> this.journal.mayOwe(Key.of("other-" + i), mark)).count())
            .isEqualTo(1000);
    }

    @Test
    void isBoundedInKeys() {
        assertThat(List.of(add("a", 1), add("b", 1), add("c", 1))).containsOnly(Added.KEPT);
        assertThat(add("d", 1)).isEqualTo(Added.OVERFLOWED);
        assertThat(add("e", 1)).isEqualTo(Added.LOST);
        assertThat(add("a", 2)).as("known already").isEqualTo(Added.KEPT);
        assertThat(this.journal.lost()).isEqualTo(2);
        assertThat(this.journal.isOverflowed()).isTrue();
        assertThat(this.journal.depth()).isEqualTo(3);
    }

    @Test
    void isBoundedInBytes() {
        Journal small = new Journal(100, 1000);
        int kept = 0;
        while (small.add(Key.of("x".repeat(200) + kept), 1, false) == Added.KEPT) {
            kept++;
        }
        assertThat(kept).isEqualTo(3);
    }

    @Test
    void takesKeysAgainWhenOthersAreDelivered() {
        add("a", 1);
        add("b", 1);
        add("c", 1);
        add("d", 1);
        this.journal.delivered(entry("a"), 2);
        assertThat(add("d", 1)).isEqualTo(Added.KEPT);
    }

    @Test
    void forgetsWhatIsOlderThanTheServer() {
        add("a", 10);
        add("b", 20);
        add("c", 30);
        add("a", 40);
        this.journal.emptied(this.journal.epoch(), 30, 50);
        assertThat(this.journal.oldest(10)).extracting(Entry::key).containsExactly(Key.of("a"), Key.of("c"));
    }

    @Test
    void whatMayArriveYetIsDueOnceMoreWhenItCannotAnyMore() {
        this.journal.add(Key.of("a"), 1, true);
        this.journal.delivered(entry("a"), 10);
        assertThat(this.journal.due(10)).isZero();
        assertThat(entry("a")).isNotNull();
        assertThat(this.journal.depth()).isOne();
        long over = 10 + Journal.QUARANTINE_NANOS;
        assertThat(this.journal.untilDueNanos(11)).isEqualTo(over - 11);
        assertThat(this.journal.due(over - 1)).isZero();
        Entry early = entry("a");
        assertThat(this.journal.due(over)).isOne();
        this.journal.delivered(early, over);
        assertThat(entry("a")).as("a delete that was sent before the end").isNotNull();
        this.journal.delivered(entry("a"), over);
        assertThat(this.journal.depth()).isZero();
        assertThat(this.journal.untilDueNanos(over)).isNegative();
    }

    @Test
    void anotherMachineIsToldOfEverythingAnew() {
        add("a", 1);
        this.journal.add(Key.of("b"), 1, true);
        this.journal.delivered(entry("b"), 2);
        Entry toldToTheFirst = entry("a");
        int epoch = this.journal.epoch();
        this.journal.begin(() -> {
        });
        this.journal.delivered(toldToTheFirst, 3);
        this.journal.emptied(epoch, 1000, 1000);
        assertThat(this.journal.oldest(10)).extracting(Entry::key).containsExactly(Key.of("a"), Key.of("b"));
    }

    @Test
    void anOverflowDuringASettlementIsNotForgottenWithIt() {
        add("a", 1);
        add("b", 1);
        add("c", 1);
        add("d", 1);
        long lost = this.journal.lost();
        add("e", 1);
        assertThat(this.journal.clearOverflow(this.journal.epoch(), lost)).isFalse();
        assertThat(this.journal.isOverflowed()).isTrue();
        assertThat(this.journal.clearOverflow(this.journal.epoch(), lost + 1)).isTrue();
        assertThat(this.journal.isOverflowed()).isFalse();
    }

    @Test
    void neitherAFlushNorAStartEndsAQuarantine() {
        add("a", 1);
        this.journal.add(Key.of("b"), 1, true);
        this.journal.add(Key.of("c"), 1, true);
        this.journal.delivered(entry("c"), 2);
        this.journal.emptied(this.journal.epoch(), 5, 6);
        assertThat(entry("a")).isNull();
        assertThat(entry("b")).isNotNull();
        assertThat(entry("c")).isNotNull();
        assertThat(this.journal.due(6)).isZero();
        assertThat(this.journal.due(6 + Journal.QUARANTINE_NANOS)).isEqualTo(2);
    }

}
