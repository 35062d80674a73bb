package io.memlink.spring.cache;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.invocation.Invocation;
import io.memlink.transcoder.InteropTranscoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;

/**
 * A put that follows a miss stores only if nothing has happened to the entry since.
 */
class FencedPutsTests {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    private final EmbeddedMemcached server = EmbeddedMemcached.builder().clock(this.now::get).start();

    private CacheTesting here;

    private CacheTesting there;

    private MemlinkCache cache;

    private Cache other;

    private void open(MemlinkCacheConfigurationBuilder configuration) {
        this.here = CacheTesting.of(this.server, configuration);
        this.there = CacheTesting.of(this.server, configuration);
        this.here.cache();
        this.other = this.there.cache();
        this.cache = view();
    }

    private void open() {
        open(MemlinkCacheConfiguration.builder());
    }

    private void openWithAnOldEntry() {
        open(MemlinkCacheConfiguration.builder()
            .leaseTimeToLive(Duration.ofSeconds(1))
            .timeToLive(Duration.ofSeconds(60))
            .staleFor(Duration.ofSeconds(30)));
        this.cache.put("key", "old");
        settle();
        this.now.updateAndGet((now) -> now.plusSeconds(70));
    }

    private MemlinkCache view() {
        return (MemlinkCache) this.here.manager().getCache("things");
    }

    @AfterEach
    void close() {
        this.here.close();
        this.there.close();
        this.server.close();
    }

    /** What was sent before has been answered then. */
    private void settle() {
        this.here.settle();
        this.there.settle();
    }

    private String stored() {
        settle();
        return this.other.get("key", String.class);
    }

    private long count(Count count) {
        settle();
        return this.cache.getStatistics().get(count);
    }

    private MetaReply look(String key) {
        settle();
        return this.here.client()
            .send(MetaGet.builder(Key.of(this.here.item(key))).size().clientFlags().casToken().build())
            .join();
    }

    @Test
    void whatWasLoadedBeforeAnEvictionIsNotStored() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.other.evict("key");
        settle();
        this.cache.put("key", "old");
        assertThat(stored()).isNull();
        assertThat(count(Count.REFUSED_PUTS)).isOne();
        assertThat(count(Count.PUTS)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "evict", "evictIfPresent", "put", "putIfAbsent" })
    void aChangeByWhoDoesNotKnowOfAClearYetIsNotLost(String change) {
        open();
        MemlinkCache there = (MemlinkCache) this.other;
        there.put("another", "that there knows the generation");
        settle();
        this.cache.invalidate();
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "old");
        settle();
        switch (change) {
            case "evict" -> there.evict("key");
            case "evictIfPresent" -> there.evictIfPresent("key");
            case "put" -> there.put("key", "new");
            default -> there.putIfAbsent("key", "new");
        }
        await().untilAsserted(() -> assertThat(view().get("key", String.class)).isNotEqualTo("old"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "PT0S", "PT1S" })
    void anEvictionThatFailsAtTheFirstUseOfACacheIsMadeLater(String lag) {
        open(MemlinkCacheConfiguration.builder().clearLag(Duration.parse(lag)));
        MemlinkCache never = (MemlinkCache) this.here.manager().getCache("never used here");
        this.there.manager().getCache("never used here").put("key", "old");
        settle();
        this.server.freeze();
        never.evict("key");
        // Until it has failed.
        await().until(() -> never.getStatistics().get(Count.FAILURES) > 0);
        this.server.thaw();
        await().untilAsserted(() -> assertThat(this.there.manager().getCache("never used here").get("key")).isNull());
    }

    @Test
    void anEvictionWithoutALagThatFailsAfterAClearElsewhereIsMadeLater() {
        open(MemlinkCacheConfiguration.builder().clearLag(Duration.ZERO));
        ((MemlinkCache) this.other).invalidate();
        this.other.put("key", "old");
        settle();
        this.server.freeze();
        this.cache.evict("key");
        // Until it has failed.
        await().until(() -> this.cache.getStatistics().get(Count.FAILURES) > 0);
        this.server.thaw();
        await().untilAsserted(() -> assertThat(this.other.get("key")).isNull());
    }

    @Test
    void anApplicationThatEndsMakesItsChangesAgainFirst() {
        open();
        Cache ending = this.there.cache();
        this.cache.invalidate();
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "old");
        settle();
        ending.evict("key");
        this.there.close();
        await().untilAsserted(() -> assertThat(view().get("key")).isNull());
        this.there = CacheTesting.of(this.server, MemlinkCacheConfiguration.builder());
    }

    @Test
    void whatWasLoadedBeforeANewerPutDoesNotReplaceIt() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.other.put("key", "newer");
        settle();
        this.cache.put("key", "old");
        assertThat(stored()).isEqualTo("newer");
        assertThat(count(Count.REFUSED_PUTS)).isOne();
    }

    @Test
    void whatWasLoadedBeforeAClearIsNotStored() {
        open(MemlinkCacheConfiguration.builder().clearLag(Duration.ZERO));
        assertThat(this.cache.get("key")).isNull();
        this.other.invalidate();
        this.cache.put("key", "old");
        assertThat(stored()).isNull();
        assertThat(count(Count.REFUSED_PUTS)).isOne();
    }

    @Test
    void whatFollowsAMissIsStoredWithOneRequest() {
        open();
        long reads = this.server.requests("mg");
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "value");
        assertThat(this.cache.get("key", String.class)).isEqualTo("value");
        assertThat(this.server.requests("mg")).isEqualTo(reads + 2);
        assertThat(this.server.requests("ms")).isOne();
        assertThat(count(Count.PUTS)).isOne();
    }

    @Test
    void aPutWithoutAMissIsAChange() {
        open();
        this.cache.put("key", "first");
        this.other.put("key", "second");
        settle();
        this.cache.put("key", "third");
        assertThat(stored()).isEqualTo("third");
        this.cache.put("key", "fourth");
        assertThat(stored()).isEqualTo("fourth");
    }

    @Test
    void aPutByAnotherThreadOfTheSameViewLeavesNothingOlder() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.other.put("key", "newer");
        settle();
        // Whether this is what was loaded, or a change, nobody knows.
        CompletableFuture.runAsync(() -> this.cache.put("key", "newest")).join();
        await().untilAsserted(() -> assertThat(stored()).isNull());
    }

    @Test
    void whatOneThreadHasMissedIsNotStoredByAnotherAfterAnEviction() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.other.evict("key");
        settle();
        CompletableFuture.runAsync(() -> this.cache.put("key", "old")).join();
        assertThat(stored()).isNull();
    }

    @Test
    void anEarlierMissOfAFutureIsNotForgottenForALaterOne() {
        open();
        assertThat(this.cache.retrieve("key").join()).isNull();
        assertThat(this.cache.retrieve("another").join()).isNull();
        this.other.evict("key");
        settle();
        CompletableFuture.runAsync(() -> this.cache.put("key", "old")).join();
        assertThat(stored()).isNull();
    }

    @Test
    void aFutureThatMissedBeforeAClearHereDoesNotStoreAfterIt() {
        open();
        assertThat(this.cache.retrieve("key").join()).isNull();
        this.cache.invalidate();
        this.cache.put("key", "old");
        settle();
        assertThat(this.cache.get("key")).isNull();
    }

    @Test
    void aPutByAnotherOperationOfTheThreadLeavesNothingOlder() {
        open();
        assertThat(view().get("key")).isNull();
        this.other.put("key", "newer");
        settle();
        // Whether this is what was loaded, or a change, nobody knows.
        view().put("key", "newest");
        await().untilAsserted(() -> assertThat(stored()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = { "new", "lone \ud800" })
    void soDoesOneThatFails(String value) {
        open();
        assertThat(view().get("key")).isNull();
        this.other.put("key", "old");
        settle();
        this.server.faults().next("ms", Fault.serverError("out of order"));
        view().put("key", value);
        await().untilAsserted(() -> assertThat(stored()).isNull());
    }

    @Test
    void whatOthersHaveStoredAlikeStays() {
        open();
        assertThat(view().get("key")).isNull();
        this.other.put("key", "value");
        settle();
        view().put("key", "value");
        assertThat(count(Count.REFUSED_PUTS)).isOne();
        settle();
        assertThat(stored()).isEqualTo("value");
    }

    @Test
    void ofManyWhoLoadOneKeyTheFirstStores() {
        open();
        assertThat(this.cache.get("key")).isNull();
        assertThat(CompletableFuture.supplyAsync(() -> this.other.get("key")).join()).isNull();
        this.cache.put("key", "first");
        settle();
        this.there.manager().getCache("things").put("key", "change");
        assertThat(stored()).isEqualTo("change");
        assertThat(count(Count.PUTS)).isOne();
    }

    @Test
    void whoeverMissesWhileAnotherLoadsStoresAsWell() {
        open();
        assertThat(this.other.get("key")).isNull();
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "first");
        settle();
        this.other.put("key", "second");
        assertThat(stored()).isEqualTo("first");
    }

    /** Runs something as the invocation of a cached method. */
    private static void inAMethod(Runnable method) {
        try {
            Invocation.around((call) -> {
                method.run();
                return null;
            }).invoke(mock(ProxyMethodInvocation.class));
        }
        catch (Throwable ex) {
            throw new AssertionError(ex);
        }
    }

    @Test
    void aMethodThatReadsItsOwnKeyStoresOnce() {
        open();
        inAMethod(() -> {
            MemlinkCache outer = view();
            assertThat(outer.get("key")).isNull();
            inAMethod(() -> {
                MemlinkCache inner = view();
                assertThat(inner.get("key")).isNull();
                inner.put("key", "inner");
            });
            outer.put("key", "outer");
        });
        assertThat(stored()).isEqualTo("inner");
    }

    static Stream<Arguments> otherWaysToAnEntry() {
        return Stream.of(way("put", (views) -> views.get().put("key", "older")), way("get and put", (views) -> {
            Cache view = views.get();
            assertThat(view.get("key")).isNull();
            view.put("key", "older");
        }), way("put by a method", (views) -> inAMethod(() -> views.get().put("key", "older"))),
                way("load", (views) -> assertThat(views.get().get("key", () -> "older")).isEqualTo("older")));
    }

    private static Arguments way(String name, Consumer<Supplier<Cache>> way) {
        return Arguments.argumentSet(name, way);
    }

    @ParameterizedTest
    @MethodSource("otherWaysToAnEntry")
    void whoComesByAnEntryInAnotherWaySinceItMissedLeavesNothingOlder(Consumer<Supplier<Cache>> way) {
        open();
        assertThat(this.cache.get("key")).isNull();
        way.accept(this::view);
        settle();
        this.cache.put("key", "newer");
        assertThat(stored()).isNotEqualTo("older");
    }

    @Test
    void aMethodThatEvictsItsOwnKeyStoresNothing() {
        open();
        MemlinkCache outer = view();
        assertThat(outer.get("key")).isNull();
        view().evict("key");
        outer.put("key", "before the eviction");
        assertThat(stored()).isNull();
    }

    @Test
    void whoEvictsAfterAMissPutsAChange() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.cache.evict("key");
        this.cache.put("key", "after the eviction");
        assertThat(stored()).isEqualTo("after the eviction");
    }

    @Test
    void whatAChainLoadedBeforeAnEvictionIsNotStored() {
        open();
        assertThat(this.cache.retrieve("key").join()).isNull();
        this.other.evict("key");
        settle();
        CompletableFuture.runAsync(() -> this.cache.put("key", "old")).join();
        assertThat(stored()).isNull();
        assertThat(count(Count.REFUSED_PUTS)).isOne();
    }

    @Test
    void aChangeIsNotTakenForWhatAChainLoads() {
        open();
        MemlinkCache chain = view();
        assertThat(chain.retrieve("key").join()).isNull();
        CompletableFuture.runAsync(() -> view().put("key", "changed")).join();
        CompletableFuture.runAsync(() -> chain.put("key", "loaded before")).join();
        assertThat(stored()).isEqualTo("changed");
    }

    @Test
    void nullThatIsNotCachedGivesItsPlaceBack() {
        open(MemlinkCacheConfiguration.builder().cacheNullValues(false));
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", null);
        assertThat(look("key")).isNotInstanceOf(Hit.class);
        assertThatIllegalArgumentException().isThrownBy(() -> this.cache.put("key", null));
    }

    @Test
    void whatCannotBeEncodedGivesItsPlaceBack() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "lone \ud800");
        assertThat(look("key")).isNotInstanceOf(Hit.class);
    }

    @Test
    void aPlaceholderIsNoEntry() {
        open();
        assertThat(this.cache.get("key")).isNull();
        assertThat(look("key")).isInstanceOf(Hit.class);
        assertThat(this.other.get("key")).isNull();
        assertThat(this.other.retrieve("key").join()).isNull();
        assertThat(this.other.evictIfPresent("key")).isFalse();
        assertThat(count(Count.HITS)).isZero();
        assertThat(((MemlinkCache) this.other).getStatistics().get(Count.HITS)).isZero();
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.other.putIfAbsent("key", "value")).isNull();
        assertThat(stored()).isEqualTo("value");
    }

    @Test
    void aMissThatNothingFollowsGivesItsPlaceBack() {
        open();
        view().get("key");
        assertThat(look("key")).isInstanceOf(Hit.class);
        await().untilAsserted(() -> {
            System.gc();
            view().get("another");
            assertThat(look("key")).isNotInstanceOf(Hit.class);
        });
    }

    @Test
    void whoHasReadAValueSinceItMissedChangesIt() {
        open();
        assertThat(this.cache.get("key")).isNull();
        this.other.put("key", "theirs");
        settle();
        assertThat(this.cache.get("key", String.class)).isEqualTo("theirs");
        this.cache.put("key", "changed");
        assertThat(stored()).isEqualTo("changed");
    }

    @Test
    void whoHasLoadedAValueSinceItMissedChangesIt() {
        open();
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.cache.get("key", () -> "loaded")).isEqualTo("loaded");
        this.cache.put("key", "changed");
        assertThat(stored()).isEqualTo("changed");
        MemlinkCache view = view();
        assertThat(view.get("another")).isNull();
        assertThat(view.retrieve("another", () -> CompletableFuture.completedFuture("loaded")).join())
            .isEqualTo("loaded");
        view.put("another", "changed");
        settle();
        assertThat(this.other.get("another", String.class)).isEqualTo("changed");
    }

    @Test
    void aPlaceThatIsGivenBackDoesNotTakeTheNextReadersWithIt() {
        open();
        WeakReference<MemlinkCache> gone = missed("key");
        await().until(() -> {
            System.gc();
            return gone.refersTo(null);
        });
        assertThat(this.cache.get("key")).isNull();
        this.cache.put("key", "value");
        assertThat(stored()).isEqualTo("value");
    }

    private WeakReference<MemlinkCache> missed(String key) {
        MemlinkCache view = view();
        assertThat(view.get(key)).isNull();
        return new WeakReference<>(view);
    }

    @Test
    @Timeout(4)
    void aSynchronizedReaderDoesNotWaitForOneThatIsNot() {
        open();
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.other.get("key", () -> "loaded")).isEqualTo("loaded");
        assertThat(stored()).isEqualTo("loaded");
        this.cache.put("key", "later");
        assertThat(stored()).isEqualTo("loaded");
    }

    @Test
    @Timeout(4)
    void whoHasLookedMayLoad() {
        open();
        assertThat(this.cache.get("key")).isNull();
        assertThat(this.cache.get("key", () -> "loaded")).isEqualTo("loaded");
        assertThat(stored()).isEqualTo("loaded");
    }

    @Test
    void aLoadSlowerThanItsLeaseIsStored() {
        open(MemlinkCacheConfiguration.builder().leaseTimeToLive(Duration.ofSeconds(10)));
        assertThat(this.cache.get("key")).isNull();
        this.now.updateAndGet((now) -> now.plusSeconds(60));
        this.cache.put("key", "slow");
        assertThat(stored()).isEqualTo("slow");
    }

    @Test
    void theRightToReplaceAnOldEntryReturnsWhenNothingFollows() {
        openWithAnOldEntry();
        assertThat(this.cache.get("key")).isNull();
        assertThat(stored()).isEqualTo("old");
        await().until(() -> stored() == null);
        this.other.put("key", "new");
        assertThat(stored()).isEqualTo("new");
    }

    @Test
    void theRightToReplaceAnEvictedEntryReturnsWhenNothingFollows() {
        open(MemlinkCacheConfiguration.builder()
            .leaseTimeToLive(Duration.ofSeconds(1))
            .staleFor(Duration.ofSeconds(30))
            .softEvict(true));
        this.cache.put("key", "old");
        settle();
        this.cache.evict("key");
        assertThat(this.cache.get("key")).isNull();
        assertThat(stored()).isEqualTo("old");
        await().until(() -> stored() == null);
    }

    @Test
    void aSlowLoadStoresAlthoughOthersWereChosenMeanwhile() {
        openWithAnOldEntry();
        assertThat(this.cache.get("key")).isNull();
        long stores = this.server.requests("ms");
        await().until(() -> this.server.requests("ms") > stores);
        settle();
        this.cache.put("key", "slow");
        assertThat(count(Count.REFUSED_PUTS)).isZero();
        assertThat(this.cache.get("key", String.class)).isEqualTo("slow");
    }

    @Test
    void programsWithOtherClientsSeeNoPlaceholders() {
        open(MemlinkCacheConfiguration.builder().transcoder(new InteropTranscoder(null)));
        assertThat(this.cache.get("key")).isNull();
        assertThat(look("key")).isNotInstanceOf(Hit.class);
        this.cache.put("key", "value");
        assertThat(stored()).isEqualTo("value");
    }

    @Test
    void aStoredNullIsAMissWhereNullsAreNotCached() {
        open();
        this.other.put("key", null);
        settle();
        try (CacheTesting strict = CacheTesting.of(this.server,
                MemlinkCacheConfiguration.builder().cacheNullValues(false))) {
            MemlinkCache cache = strict.cache();
            assertThat(cache.get("key")).isNull();
            assertThat(cache.retrieve("key").join()).isNull();
            assertThat(cache.get("key", () -> "loaded")).isEqualTo("loaded");
            assertThat(cache.get("key", String.class)).isEqualTo("loaded");
        }
    }

}
