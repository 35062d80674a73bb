package io.memlink.spring.cache;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.memlink.MemlinkClient;
import io.memlink.Transcoder;
import io.memlink.ValueOperations;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.meta.EncodedValue;
import io.memlink.meta.Expiration;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.spring.cache.NearCache.Asked;
import io.memlink.spring.cache.fence.Ticket;
import io.memlink.spring.cache.fence.Ticket.Right;
import io.memlink.test.EmbeddedMemcachedTest;
import io.memlink.time.Timers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Reads that begin while a change is being handed to the client: their requests leave
 * before it, and what they find is not kept.
 */
@EmbeddedMemcachedTest
class NearCacheChangesTests {

    private static final NearCacheConfiguration NEAR = new NearCacheConfiguration(Duration.ofHours(1), 100, null,
            false);

    private static final Set<String> CHANGES = Set.of("set", "add", "delete", "invalidate", "markStale");

    private EmbeddedMemcached server;

    private CacheTesting application;

    private EntryStore store;

    private String item;

    /** A reply with the item. */
    private Hit hit;

    /** What happens before a change is passed on. */
    private @Nullable Runnable before;

    private final List<CompletableFuture<Reading>> readBefore = new ArrayList<>();

    @BeforeEach
    void open(EmbeddedMemcached server) {
        this.server = server;
        open(MemlinkCacheConfiguration.builder());
    }

    private void open(MemlinkCacheConfigurationBuilder configuration) {
        this.application = CacheTesting.of(this.server, configuration.near(NEAR).clearLag(Duration.ofHours(1)));
        MemlinkCache cache = this.application.cache();
        this.store = new EntryStore("things", new CacheSettings(cache.getCacheConfiguration()),
                watched(MemlinkClient.class, this.application.client()), true, cache.getStatistics(),
                Timers.ofThisJvm());
        this.item = this.application.item("key");
        this.store.put("skey", value("old"), Expiration.never()).join();
        MetaGet get = MetaGet.builder(Key.of(this.item)).value().casToken().build();
        this.hit = (Hit) this.application.client().send(get).join();
    }

    @AfterEach
    void close() {
        this.application.close();
    }

    private void reopen(MemlinkCacheConfigurationBuilder configuration) {
        close();
        open(configuration);
    }

    /** Stops at each change of an entry. */
    private <T> T watched(Class<T> type, T operations) {
        return type.cast(
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { type }, (proxy, method, given) -> {
                    boolean sends = method.getName().equals("send") && !(given[0] instanceof MetaGet);
                    if ((sends || CHANGES.contains(method.getName())) && this.before != null) {
                        this.before.run();
                    }
                    try {
                        Object result = method.invoke(operations, given);
                        return method.getName().equals("with")
                                ? watched(ValueOperations.class, (ValueOperations<?>) result) : result;
                    }
                    catch (InvocationTargetException ex) {
                        throw ex.getCause();
                    }
                }));
    }

    private static EncodedValue value(String text) {
        return new EncodedValue(text.getBytes(), 0);
    }

    private static @Nullable String text(Reading reading) {
        EncodedValue value = reading.value();
        return (value != null && !reading.stale()) ? new String(value.data()) : null;
    }

    private @Nullable String read() {
        return text(this.store.look("skey").join());
    }

    private void readBeforeEachChange() {
        this.before = () -> this.readBefore.add(this.store.look("skey"));
    }

    private void isSeenAtOnce(Function<EntryStore, CompletableFuture<?>> change, @Nullable String expected) {
        readBeforeEachChange();
        CompletableFuture<?> changed = change.apply(this.store);
        this.before = null;
        assertThat(this.readBefore).isNotEmpty().allMatch((reading) -> "old".equals(text(reading.join())));
        assertThat(read()).isEqualTo(expected);
        changed.join();
        assertThat(read()).isEqualTo(expected);
    }

    @Test
    void aPutIsSeenAtOnce() {
        isSeenAtOnce((entries) -> entries.put("skey", value("new"), Expiration.never()), "new");
    }

    @Test
    void anEvictionIsSeenAtOnce() {
        isSeenAtOnce((entries) -> entries.evict("skey"), null);
    }

    @Test
    void aSoftEvictionIsSeenAtOnce() {
        reopen(MemlinkCacheConfiguration.builder().softEvict(true).staleFor(Duration.ofMinutes(1)));
        isSeenAtOnce((entries) -> entries.evict("skey"), null);
    }

    @Test
    void aDeletionIsSeenAtOnce() {
        isSeenAtOnce((entries) -> entries.delete("skey"), null);
    }

    @Test
    void whatWasLoadedIsSeenAtOnce() {
        long casToken = this.application.client().getItem(this.item).join().casToken();
        Ticket ticket = new Ticket(this.item, casToken, Right.OLD, null, null);
        isSeenAtOnce((entries) -> entries.fill("skey", ticket, value("new"), Expiration.never()), "new");
    }

    @Test
    void whatWasLoadedWithoutAFenceIsSeenAtOnce() {
        isSeenAtOnce((entries) -> entries.fill("skey", Ticket.unfenced(this.item), value("new"), Expiration.never()),
                "new");
    }

    /** The deletion in place of a mark that was refused is a change as well. */
    @Test
    void aSoftEvictionThatWasRefusedIsSeenOnceItWasReplaced() {
        reopen(MemlinkCacheConfiguration.builder().softEvict(true).staleFor(Duration.ofMinutes(1)));
        this.server.faults().next("md", Fault.serverError("out of memory"));
        readBeforeEachChange();
        this.store.evict("skey").join();
        this.before = null;
        assertThat(this.readBefore).hasSize(2).allMatch((reading) -> "old".equals(text(reading.join())));
        assertThat(read()).isNull();
    }

    @Test
    void whatCouldNotBeHandedOverIsSeenOnceSomethingElseWas() {
        this.before = () -> {
            this.readBefore.add(this.store.look("skey"));
            throw new IllegalStateException("not now");
        };
        CompletableFuture<Void> refused = this.store.put("skey", value("new"), Expiration.never());
        assertThatThrownBy(refused::join).hasRootCauseInstanceOf(IllegalStateException.class);
        this.before = null;
        assertThat(text(this.readBefore.get(0).join())).isEqualTo("old");
        this.application.client().with(Transcoder.encoded()).set(this.item, value("new"), Expiration.never()).join();
        assertThat(read()).isEqualTo("new");
    }

    /** Nobody knows whether it was stored, so that it is deleted. */
    @Test
    void aPutThatIsNotAnsweredLeavesNothingInMemory() {
        this.server.faults().next("ms", Fault.ignoreRequest());
        readBeforeEachChange();
        CompletableFuture<Void> put = this.store.put("skey", value("new"), Expiration.never());
        this.before = null;
        assertThatThrownBy(() -> put.get(10, TimeUnit.SECONDS)).hasMessageContaining("timed out");
        assertThat(text(this.readBefore.get(0).join())).isEqualTo("old");
        assertThat(read()).isNull();
    }

    @Test
    void whatIsAskedWhileAChangeIsHandedOverIsNotKept() {
        NearCache near = new NearCache(NEAR, System::nanoTime);
        Asked before = near.asking("item");
        Asked between = near.change("item", () -> {
            keep(near, before);
            assertThat(near.get("item")).isNull();
            Asked asked = near.asking("item");
            keep(near, asked);
            return asked;
        });
        assertThat(near.get("item")).isNull();
        keep(near, between);
        assertThat(near.get("item")).isNull();
        keep(near, near.asking("item"));
        keep(near, before);
        assertThat(near.get("item")).isNotNull();
    }

    @Test
    void whatIsAskedWhileAChangeIsThrownBackIsNotKept() {
        NearCache near = new NearCache(NEAR, System::nanoTime);
        List<Asked> asked = new ArrayList<>();
        assertThatThrownBy(() -> near.change("item", () -> {
            asked.add(near.asking("item"));
            keep(near, asked.get(0));
            throw new IllegalStateException();
        })).isInstanceOf(IllegalStateException.class);
        assertThat(near.get("item")).isNull();
        keep(near, asked.get(0));
        assertThat(near.get("item")).isNull();
    }

    /** Not even between two steps of whoever would keep it. */
    @Test
    void whatIsNotKeptIsNeverFound() {
        NearCache near = new NearCache(NEAR, System::nanoTime);
        Asked before = near.asking("item");
        near.change("item", () -> "changed");
        CompletableFuture<Void> keeping = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 100_000; i++) {
                keep(near, before);
            }
        });
        boolean found = false;
        while (!keeping.isDone()) {
            found |= near.get("item") != null;
        }
        keeping.join();
        assertThat(found).isFalse();
    }

    private void keep(NearCache near, Asked asked) {
        near.keep("item", this.hit, value("value"), null, asked);
    }

}
