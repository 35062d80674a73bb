package io.memlink.spring.cache;

import java.time.Duration;
import java.util.List;

import io.memlink.MemlinkClient;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.spring.JsonTranscoder;
import io.memlink.test.EmbeddedMemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;
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

    @Test
    void changesWaitForTheCommit() {
        this.cache.put("evicted", "value");
        this.transaction.executeWithoutResult((status) -> {
            this.cache.put("put", "value");
            this.cache.evict("evicted");
            assertThat(this.cache.get("put")).isNull();
            assertThat(this.cache.get("evicted")).isNotNull();
        });
        assertThat(this.cache.get("put")).isNotNull();
        assertThat(this.cache.get("evicted")).isNull();
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
            status.setRollbackOnly();
        });
        assertThat(this.cache.get("put")).isNull();
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
