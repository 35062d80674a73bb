package io.memlink.spring.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.JsonTranscoder;
import io.memlink.spring.cache.MemlinkCacheConfiguration.OnError;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.Cache.ValueWrapper;
import org.springframework.cache.interceptor.SimpleCacheErrorHandler;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

@EmbeddedMemcachedTest
class TransactionAwareTests {

    private final TransactionTemplate transaction = new TransactionTemplate(new NoResource());

    private MemlinkClient client;

    private MemlinkCacheManager manager;

    private Cache cache;

    @BeforeEach
    void connect(EmbeddedMemcached server) {
        this.client = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build();
        this.manager = MemlinkCacheManager.builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .transactionAware(true)
            .build();
        this.manager.afterPropertiesSet();
        this.cache = this.manager.getCache("things");
    }

    @AfterEach
    void close() {
        this.manager.destroy();
        this.client.close();
    }

    /** What everybody else sees, who has no part in the transaction. */
    private Object seenByOthers(String key) {
        return CompletableFuture.supplyAsync(() -> {
            ValueWrapper found = this.manager.getCache("things").get(key);
            return (found != null) ? found.get() : null;
        }).join();
    }

    @Test
    void aTransactionSeesItsOwnChangesAndOthersDoAfterItsCommit() {
        this.cache.put("changed", "before");
        this.transaction.executeWithoutResult((status) -> {
            this.cache.put("changed", "after");
            assertThat(this.cache.get("changed", String.class)).isEqualTo("after");
            assertThat(this.manager.getCache("things").get("changed", String.class)).isEqualTo("after");
            assertThat(seenByOthers("changed")).isEqualTo("before");
        });
        assertThat(seenByOthers("changed")).isEqualTo("after");
    }

    @Test
    void anEvictionHappensAtOnceAndOnceMoreAfterTheCommit() {
        this.cache.put("evicted", "before");
        this.transaction.executeWithoutResult((status) -> {
            this.cache.evict("evicted");
            assertThat(this.cache.get("evicted")).isNull();
            assertThat(seenByOthers("evicted")).isNull();
            // Somebody loads what is not committed yet.
            CompletableFuture.runAsync(() -> this.manager.getCache("things").put("evicted", "before")).join();
            assertThat(this.cache.get("evicted")).isNull();
        });
        assertThat(seenByOthers("evicted")).isNull();
    }

    @Test
    void aClearHappensAtOnceAndOnceMoreAfterTheCommit() {
        this.cache.put("evicted", "before");
        this.transaction.executeWithoutResult((status) -> {
            this.cache.clear();
            assertThat(this.cache.get("evicted")).isNull();
            CompletableFuture.runAsync(() -> this.manager.getCache("things").put("evicted", "before")).join();
            assertThat(this.cache.get("evicted")).isNull();
        });
        assertThat(seenByOthers("evicted")).isNull();
    }

    @Test
    void whatATransactionLoadsIsPublishedByItsCommit() {
        this.transaction.executeWithoutResult((status) -> {
            assertThat(this.cache.get("loaded", () -> "value")).isEqualTo("value");
            assertThat(this.cache.get("loaded", () -> "other")).isEqualTo("value");
            assertThat(this.cache.putIfAbsent("absent", "value")).isNull();
            assertThat(this.cache.putIfAbsent("absent", "other").get()).isEqualTo("value");
            assertThat(seenByOthers("loaded")).isNull();
            assertThat(seenByOthers("absent")).isNull();
        });
        assertThat(seenByOthers("loaded")).isEqualTo("value");
        assertThat(seenByOthers("absent")).isEqualTo("value");
    }

    @Test
    void whatWasLoadedBeforeSomebodyElsesEvictionIsNotPublished() {
        this.transaction.executeWithoutResult((status) -> {
            assertThat(this.cache.get("loaded")).isNull();
            this.cache.put("loaded", "old");
            CompletableFuture.runAsync(() -> this.manager.getCache("things").evict("loaded")).join();
        });
        assertThat(seenByOthers("loaded")).isNull();
    }

    @Test
    void whatWasLoadedAfterAnEvictionOfTheTransactionIsNotPublished() {
        this.transaction.executeWithoutResult((status) -> {
            this.cache.evict("loaded");
            assertThat(this.cache.get("loaded")).isNull();
            this.cache.put("loaded", "of this transaction");
            assertThat(this.cache.get("loaded", String.class)).isEqualTo("of this transaction");
        });
        assertThat(seenByOthers("loaded")).isNull();
    }

    @Test
    void anInnerTransactionHasChangesOfItsOwn() {
        TransactionTemplate inner = new TransactionTemplate(new NoResource());
        this.transaction.executeWithoutResult((status) -> {
            this.cache.put("outer", "value");
            inner.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            inner.executeWithoutResult((other) -> this.cache.put("inner", "value"));
            assertThat(seenByOthers("inner")).isEqualTo("value");
            assertThat(this.cache.get("outer", String.class)).isEqualTo("value");
            status.setRollbackOnly();
        });
        assertThat(seenByOthers("outer")).isNull();
        assertThat(seenByOthers("inner")).isEqualTo("value");
    }

    @Test
    void failuresAfterTheCommitReachTheErrorHandler() {
        List<Object> failed = new ArrayList<>();
        MemlinkCacheManager manager = MemlinkCacheManager
            .builder(this.client, new JsonTranscoder(JsonMapper.shared(), List.of()))
            .cacheDefaults(MemlinkCacheConfiguration.builder().onError(OnError.THROW).build())
            .transactionAware(true)
            .errorHandler(new SimpleCacheErrorHandler() {

                @Override
                public void handleCachePutError(RuntimeException exception, Cache cache, Object key, Object value) {
                    failed.add(key);
                }

            })
            .build();
        manager.afterPropertiesSet();
        Cache strict = manager.getCache("strict");
        this.transaction.executeWithoutResult((status) -> {
            strict.put("broken", "lone \ud800");
            strict.put("good", "value");
        });
        assertThat(failed).containsExactly("broken");
        assertThat(strict.get("good", String.class)).isEqualTo("value");
        manager.destroy();
    }

    @Test
    void settingsReachTheCacheBehindTheDecorator() {
        this.manager.reconfigure("things", (settings) -> settings.timeToLive(Duration.ofMinutes(5)));
        MemlinkCache target = (MemlinkCache) ((TransactionAwareCacheDecorator) this.cache).getTargetCache();
        assertThat(target.getCacheConfiguration().timeToLive()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void changesAreGivenUpWithARollback() {
        this.transaction.executeWithoutResult((status) -> {
            this.cache.put("put", "value");
            this.cache.get("loaded", () -> "value");
            status.setRollbackOnly();
        });
        assertThat(this.cache.get("put")).isNull();
        assertThat(this.cache.get("loaded")).isNull();
    }

    @Test
    void withoutATransactionTheyHappenAtOnce() {
        this.cache.put("put", "value");
        assertThat(this.cache.get("put")).isNotNull();
    }

    private static final class NoResource extends AbstractPlatformTransactionManager {

        private static final long serialVersionUID = 1;

        @Override
        protected Object doGetTransaction() {
            return this;
        }

        @Override
        protected boolean isExistingTransaction(Object transaction) {
            return TransactionSynchronizationManager.isActualTransactionActive();
        }

        @Override
        protected Object doSuspend(Object transaction) {
            return transaction;
        }

        @Override
        protected void doResume(Object transaction, Object suspended) {
        }

        @Override
        protected void doSetRollbackOnly(DefaultTransactionStatus status) {
        }

        @Override
        protected void doBegin(Object transaction, TransactionDefinition definition) {
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
        }

        @Override
        protected void doRollback(DefaultTransactionStatus status) {
        }

    }

}
