package io.memlink.spring.cache;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.Transcoder;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.spring.cache.MemlinkCacheStatistics.Count;
import io.memlink.spring.cache.generation.SteppedTime;
import io.memlink.test.EmbeddedMemcachedTest;
import io.memlink.time.Timers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@EmbeddedMemcachedTest
class NearCacheTests {

    private static final Duration LONG = Duration.ofHours(1);

    /** So short that each read compares what is in memory with the server's. */
    private static final Duration SHORT = Duration.ofNanos(1);

    private EmbeddedMemcached server;

    private CacheTesting application;

    private MemlinkCache cache;

    @BeforeEach
    void remember(EmbeddedMemcached server) {
        this.server = server;
    }

    private void open(NearCacheConfiguration near) {
        this.application = CacheTesting.of(this.server, MemlinkCacheConfiguration.builder().near(near).clearLag(LONG));
        this.cache = this.application.cache();
    }

    private void open(Duration timeToLive) {
        open(new NearCacheConfiguration(timeToLive, 100, null, false));
    }

    @AfterEach
    void close() {
        this.application.close();
    }

    private String read(String key) {
        return this.cache.get(key, String.class);
    }

    private long nearHits() {
        return this.cache.getStatistics().get(Count.NEAR_HITS);
    }

    private void changeElsewhere(String key, String value) {
        EncodedValue encoded = new EncodedValue(value.getBytes(), 0x4D4C_0002);
        this.application.client()
            .with(Transcoder.encoded())
            .set(this.application.item(key), encoded, Expiration.never())
            .join();
    }

    @Test
    void whatWasReadIsFoundInMemory() {
        open(LONG);
        this.cache.put("key", "value");
        assertThat(read("key")).isEqualTo("value");
        assertThat(nearHits()).isZero();
        assertThat(read("key")).isEqualTo("value");
        assertThat(this.cache.retrieve("key").join()).isNotNull();
        assertThat(nearHits()).isEqualTo(2);
    }

    @Test
    void whatThisApplicationDoesIsSeenAtOnce() {
        open(LONG);
        this.cache.put("key", "first");
        assertThat(read("key")).isEqualTo("first");
        this.cache.put("key", "second");
        assertThat(read("key")).isEqualTo("second");
        this.cache.evict("key");
        assertThat(read("key")).isNull();
        this.cache.put("key", "third");
        assertThat(read("key")).isEqualTo("third");
        this.cache.clear();
        assertThat(read("key")).isNull();
    }

    @Test
    void whatOthersDoIsSeenOnceItIsCompared() {
        open(LONG);
        this.cache.put("key", "first");
        assertThat(read("key")).isEqualTo("first");
        changeElsewhere("key", "second");
        assertThat(read("key")).isEqualTo("first");
        this.application.close();
        open(SHORT);
        assertThat(read("key")).isEqualTo("second");
        changeElsewhere("key", "third");
        assertThat(read("key")).isEqualTo("third");
        this.application.client().blocking().delete(this.application.item("key"));
        assertThat(read("key")).isNull();
    }

    @Test
    void anUnchangedValueIsNotSentAgain() {
        open(SHORT);
        this.cache.put("key", "value");
        EntryStore store = new EntryStore("things", new CacheSettings(this.cache.getCacheConfiguration()),
                this.application.client(), true, this.cache.getStatistics(), Timers.ofThisJvm());
        byte[] sent = store.read("skey").join().value().data();
        long requests = this.server.requests("mg");
        assertThat(store.read("skey").join().value().data()).isSameAs(sent);
        assertThat(this.server.requests("mg")).isEqualTo(requests + 1);
        assertThat(nearHits()).isZero();
    }

    @Test
    void whatIsEvictedWhileItIsReadIsNotKept() {
        open(LONG);
        this.cache.put("key", "value");
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        CompletableFuture<?> reading = this.cache.retrieve("key");
        this.cache.evict("key");
        hold.release();
        assertThat(reading.join()).isNotNull();
        assertThat(read("key")).isNull();
    }

    /** The reply may have been under way for long, and tell what was so before. */
    @Test
    void anEntryIsAsOldAsTheQuestion() {
        open(LONG);
        this.cache.put("key", "value");
        AtomicLong nanos = new AtomicLong();
        EntryStore store = new EntryStore("things",
                new CacheSettings(MemlinkCacheConfiguration.builder()
                    .near(new NearCacheConfiguration(Duration.ofSeconds(1), 100, null, false))
                    .clearLag(LONG)
                    .build()),
                this.application.client(), true, this.cache.getStatistics(), new SteppedTime(nanos::get));
        store.read("sanother").join();
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        CompletableFuture<Reading> reading = store.read("skey");
        await().until(hold::reached);
        nanos.addAndGet(Duration.ofMillis(800).toNanos());
        hold.release();
        assertThat(reading.join().value()).isNotNull();
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        store.read("skey").join();
        assertThat(nearHits()).isOne();
        nanos.addAndGet(Duration.ofMillis(200).toNanos());
        store.read("skey").join();
        assertThat(nearHits()).isOne();
    }

    @Test
    void nothingInMemoryOutlivesItsOwnTime() {
        this.application = CacheTesting.of(this.server,
                MemlinkCacheConfiguration.builder()
                    .near(new NearCacheConfiguration(LONG, 100, null, false))
                    .timeToLive(Duration.ofSeconds(1)));
        this.cache = this.application.cache();
        this.cache.put("key", "value");
        assertThat(read("key")).isEqualTo("value");
        await().atMost(Duration.ofSeconds(20)).until(() -> read("key") == null);
    }

    @Test
    void onlyWhatWasReadBeforeIsHot() {
        open(new NearCacheConfiguration(LONG, 100, null, true));
        this.cache.put("key", "value");
        assertThat(read("key")).isEqualTo("value");
        assertThat(read("key")).isEqualTo("value");
        assertThat(nearHits()).isZero();
        assertThat(read("key")).isEqualTo("value");
        assertThat(nearHits()).isOne();
    }

    @Test
    void whatIsTooLargeForMemoryIsReadFromTheServer() {
        open(new NearCacheConfiguration(LONG, 1, 1000L, false));
        this.cache.put("large", "x".repeat(1000));
        this.cache.put("small", "x");
        for (int i = 0; i < 3; i++) {
            assertThat(read("large")).hasSize(1000);
            assertThat(read("small")).isEqualTo("x");
        }
        assertThat(nearHits()).isEqualTo(2);
    }

    @Test
    void aServerThatIsAwayIsAMissOnceAnEntryHasToBeCompared() {
        open(SHORT);
        this.cache.put("key", "value");
        assertThat(read("key")).isEqualTo("value");
        this.server.faults().next("mg", Fault.ignoreRequest());
        assertThat(read("key")).isNull();
    }

}
