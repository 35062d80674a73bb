package io.memlink.spring.cache;

import java.time.Duration;
import java.util.function.Consumer;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What an application changes while it is stopped, as soon as it has started again.
 */
@EmbeddedMemcachedTest
class StoppedClientTests {

    private CacheTesting here;

    private CacheTesting there;

    @BeforeEach
    void open(EmbeddedMemcached server) {
        this.here = application(server);
        this.there = application(server);
        this.there.cache().put("key", "before");
        assertThat(this.here.cache().get("key", String.class)).isEqualTo("before");
    }

    /** Neither asks for the generation again before the end of the test. */
    private static CacheTesting application(EmbeddedMemcached server) {
        return CacheTesting.of(server, MemlinkCacheConfiguration.builder().clearLag(Duration.ofHours(1)));
    }

    @AfterEach
    void close() {
        this.here.close();
        this.there.close();
    }

    private void isNotReadAfter(Consumer<Cache> change) {
        this.here.manager().stop();
        this.here.client().stop();
        change.accept(this.here.manager().getCache("things"));
        this.here.client().start();
        assertThat(this.here.manager().getCache("things").get("key")).isNull();
        assertThat(this.there.cache().get("key")).isNull();
    }

    @Test
    void whatWasThereBeforeAnEvictionIsNotRead() {
        isNotReadAfter((cache) -> cache.evict("key"));
    }

    @Test
    void norWhatWasThereBeforeAPut() {
        isNotReadAfter((cache) -> cache.put("key", "after"));
    }

    @Test
    void norWhatWasThereBeforeAClear() {
        this.here.manager().stop();
        this.here.client().stop();
        this.here.manager().getCache("things").clear();
        this.here.client().start();
        assertThat(this.here.manager().getCache("things").get("key")).isNull();
    }

    @Test
    void othersDoNotReadItEitherThoughNothingIsDoneHereAnyMore() {
        this.here.manager().stop();
        this.here.client().stop();
        this.here.manager().getCache("things").evict("key");
        this.here.client().start();
        this.here.manager().start();
        await().until(() -> this.there.cache().get("key") == null);
    }

    @Test
    void norDoesAClearNeedAnybodyToReachThem(EmbeddedMemcached server) {
        String before = this.there.item("key");
        this.here.manager().stop();
        this.here.client().stop();
        this.here.manager().getCache("things").clear();
        this.here.client().start();
        server.faults().next("mg", Fault.serverError("not yet"));
        this.here.manager().start();
        await().until(() -> !this.there.item("key").equals(before));
    }

}
