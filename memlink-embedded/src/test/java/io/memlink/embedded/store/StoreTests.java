package io.memlink.embedded.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.memlink.embedded.TestClock;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StoreTests {

    private static final long START = 1_800_000_000L;

    private static final Item.Key KEY = key("k");

    private final TestClock clock = new TestClock(START);

    private final ServerTime time = new ServerTime(this.clock);

    private final Store store = new Store(this.time, limits(1_000_000, 1000), 2, true);

    @Test
    void keepsAnItemWithoutTtlForEver() {
        set("v", 0);
        advance(Duration.ofDays(10_000));
        assertThat(value()).isEqualTo("v");
    }

    @Test
    void forgetsAnItemInTheSecondItsTtlNames() {
        set("v", 10);
        advance(Duration.ofMillis(9_999));
        assertThat(value()).isEqualTo("v");
        advance(Duration.ofMillis(1));
        assertThat(value()).isNull();
        assertThat(this.store.size()).isZero();
        assertThat(this.store.bytes()).isZero();
    }

    @Test
    void forgetsAnItemWithNegativeTtlAtOnce() {
        set("v", -1);
        assertThat(value()).isNull();
    }

    @Test
    void takesThirtyDaysAsADuration() {
        set("v", ServerTime.LONGEST_RELATIVE_TTL);
        advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(value()).isEqualTo("v");
        advance(Duration.ofSeconds(1));
        assertThat(value()).isNull();
    }

    @Test
    void takesMoreThanThirtyDaysAsADate() {
        set("v", ServerTime.LONGEST_RELATIVE_TTL + 1);
        assertThat(value()).isNull();
        set("v", (int) START + 100);
        advance(Duration.ofSeconds(99));
        assertThat(value()).isEqualTo("v");
        advance(Duration.ofSeconds(1));
        assertThat(value()).isNull();
    }

    @Test
    void givesEveryStoreANewCasIdAndRefusedOnesUseOneUp() {
        assertThat(set("1", 0).cas()).isEqualTo(2);
        assertThat(store("2", StoreCondition.of(StoreCondition.Mode.ADD)).outcome())
            .isEqualTo(Store.Stored.Outcome.NOT_STORED);
        assertThat(set("3", 0).cas()).isEqualTo(4);
    }

    @Test
    void storesOnlyWhatTheModeAllows() {
        assertThat(store("1", StoreCondition.of(StoreCondition.Mode.REPLACE)).outcome())
            .isEqualTo(Store.Stored.Outcome.NOT_STORED);
        assertThat(store("1", StoreCondition.of(StoreCondition.Mode.APPEND)).outcome())
            .isEqualTo(Store.Stored.Outcome.NOT_STORED);
        assertThat(store("1", StoreCondition.of(StoreCondition.Mode.ADD)).outcome())
            .isEqualTo(Store.Stored.Outcome.STORED);
        assertThat(store("2", StoreCondition.of(StoreCondition.Mode.ADD)).outcome())
            .isEqualTo(Store.Stored.Outcome.NOT_STORED);
        assertThat(store("3", StoreCondition.of(StoreCondition.Mode.APPEND)).outcome())
            .isEqualTo(Store.Stored.Outcome.STORED);
        assertThat(store("0", StoreCondition.of(StoreCondition.Mode.PREPEND)).outcome())
            .isEqualTo(Store.Stored.Outcome.STORED);
        assertThat(value()).isEqualTo("013");
        assertThat(store("4", StoreCondition.of(StoreCondition.Mode.REPLACE)).outcome())
            .isEqualTo(Store.Stored.Outcome.STORED);
        assertThat(value()).isEqualTo("4");
    }

    @Test
    void comparesCasIds() {
        assertThat(store("1", StoreCondition.compare(2)).outcome()).isEqualTo(Store.Stored.Outcome.NOT_FOUND);
        long cas = set("1", 0).cas();
        assertThat(store("2", StoreCondition.compare(cas + 1)).outcome()).isEqualTo(Store.Stored.Outcome.EXISTS);
        assertThat(store("2", StoreCondition.compare(0)).outcome()).isEqualTo(Store.Stored.Outcome.EXISTS);
        assertThat(store("2", StoreCondition.compare(cas)).outcome()).isEqualTo(Store.Stored.Outcome.STORED);
        assertThat(value()).isEqualTo("2");
    }

    @Test
    void refusesToJoinBeyondTheItemSize() {
        set("x".repeat(900), 0);
        assertThat(store("x".repeat(100), StoreCondition.of(StoreCondition.Mode.APPEND)).outcome())
            .isEqualTo(Store.Stored.Outcome.NOT_STORED);
        assertThat(value()).hasSize(900);
    }

    @Test
    void joinedItemKeepsFlagsAndTtl() {
        this.store.store(new Item(KEY, bytes("a"), 7, this.time.expiry(10), true),
                StoreCondition.of(StoreCondition.Mode.SET), 0);
        this.store.store(new Item(KEY, bytes("b"), 9, this.time.expiry(99), true),
                StoreCondition.of(StoreCondition.Mode.APPEND), 0);
        Item item = this.store.find(KEY);
        assertThat(item.clientFlags()).isEqualTo(7);
        assertThat(item.expiry()).isEqualTo(this.time.expiry(10));
        assertThat(item.binaryKey()).isFalse();
    }

    @Test
    void evictsTheLeastRecentlyUsed() {
        Store small = new Store(this.time, limits(3 * ItemSize.of(2, 0, 10), 1000), 2, true);
        for (String name : new String[] { "k1", "k2", "k3" }) {
            put(small, name);
        }
        small.fetched(small.find(key("k1")));
        small.find(key("k2")); // looking is not using
        put(small, "k4");
        assertThat(small.find(key("k2"))).isNull();
        assertThat(small.find(key("k1"))).isNotNull();
        assertThat(small.evictions()).isOne();
        assertThat(small.bytes()).isEqualTo(small.maxBytes());
    }

    @Test
    void countsTheMemoryOfARealServer() {
        assertThat(ItemSize.of(3, 0, 2)).isEqualTo(64);
        assertThat(ItemSize.of(3, 7, 2)).isEqualTo(68);
        Store store = new Store(this.time, limits(1, 1024 * 1024), 2, true);
        assertThat(store.fits(3, 0, 1_048_514)).isTrue();
        assertThat(store.fits(3, 0, 1_048_515)).isFalse();
    }

    @Test
    void flushesNowAndASecondBeforeADeadline() {
        set("1", 0);
        this.store.flush(ServerTime.NEVER);
        assertThat(value()).isNull();
        set("2", 0);
        this.store.flush(this.time.expiry(10));
        advance(Duration.ofSeconds(8));
        assertThat(value()).isEqualTo("2");
        advance(Duration.ofSeconds(1));
        assertThat(value()).isNull();
        set("in the same second", 0);
        assertThat(value()).isNull();
        advance(Duration.ofSeconds(1));
        set("3", 0);
        advance(Duration.ofSeconds(100));
        assertThat(value()).isEqualTo("3");
    }

    @Test
    void laterFlushReplacesAnEarlierOne() {
        set("1", 0);
        this.store.flush(this.time.expiry(10));
        this.store.flush(this.time.expiry(100));
        advance(Duration.ofSeconds(50));
        assertThat(value()).isEqualTo("1");
        advance(Duration.ofSeconds(50));
        assertThat(value()).isNull();
    }

    @Test
    void givesWayWhereThereIsLessHeap() {
        set("v", 0);
        this.store.limitHeap(1_000_000);
        assertThat(value()).isEqualTo("v");
        this.store.limitHeap(100);
        assertThat(value()).isNull();
        assertThat(this.store.evictions()).isOne();
    }

    private static Store.Limits limits(long maxBytes, int maxItemBytes) {
        return new Store.Limits(maxBytes, maxItemBytes, Long.MAX_VALUE);
    }

    private Item set(String value, int ttl) {
        return this.store
            .store(new Item(KEY, bytes(value), 0, this.time.expiry(ttl), false),
                    StoreCondition.of(StoreCondition.Mode.SET), 0)
            .item();
    }

    private Store.Stored store(String value, StoreCondition condition) {
        return this.store.store(new Item(KEY, bytes(value), 0, ServerTime.NEVER, false), condition, 0);
    }

    private static void put(Store store, String name) {
        store.store(new Item(key(name), new byte[10], 0, ServerTime.NEVER, false),
                StoreCondition.of(StoreCondition.Mode.SET), 0);
    }

    private String value() {
        Item item = this.store.find(KEY);
        return (item != null) ? new String(item.value(), StandardCharsets.US_ASCII) : null;
    }

    private void advance(Duration duration) {
        this.clock.advance(duration);
    }

    private static Item.Key key(String name) {
        return new Item.Key(bytes(name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

}
