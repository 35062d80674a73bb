package io.memlink.spring.boot.autoconfigure;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CacheConfig;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.Caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * What Spring's annotations promise, on a real memcached.
 */
@MemcachedTest
class CacheAnnotationsIntegrationTests {

    private ApplicationContextRunner runner;

    @BeforeEach
    void configure(MemcachedProcess server) {
        this.runner = CachingApplication.runner(server).withBean(Service.class);
    }

    private void run(Consumer<Service> test) {
        this.runner.run((context) -> test.accept(context.getBean(Service.class)));
    }

    @CacheConfig(cacheNames = "first")
    static class Service {

        private final AtomicInteger calls = new AtomicInteger();

        // The proxy has no fields of its own.
        public int calls() {
            return this.calls.get();
        }

        @Cacheable
        public Integer cached(Object key) {
            return this.calls.incrementAndGet();
        }

        @Cacheable(sync = true)
        public Integer synchronizedCached(Object key) {
            return this.calls.incrementAndGet();
        }

        @Cacheable(condition = "#key == 3")
        public Integer conditional(int key) {
            return this.calls.incrementAndGet();
        }

        @Cacheable(sync = true, condition = "#key == 3")
        public Integer conditionalSynchronized(int key) {
            return this.calls.incrementAndGet();
        }

        @Cacheable(unless = "#result > 10")
        public Integer unless(int result) {
            this.calls.incrementAndGet();
            return result;
        }

        @Cacheable(key = "#root.methodName + #second")
        public Integer keyed(String first, String second) {
            return this.calls.incrementAndGet();
        }

        @Cacheable
        public String nothing(Object key) {
            this.calls.incrementAndGet();
            return null;
        }

        @Cacheable(sync = true)
        public String nothingSynchronized(Object key) {
            this.calls.incrementAndGet();
            return null;
        }

        @Cacheable
        public String checked(Object key) throws IOException {
            throw new IOException(String.valueOf(key));
        }

        @Cacheable(sync = true)
        public String checkedSynchronized(Object key) throws IOException {
            throw new IOException(String.valueOf(key));
        }

        @Cacheable(sync = true)
        public String unchecked(Object key) {
            throw new IllegalStateException(String.valueOf(key));
        }

        @CacheEvict
        public void evict(Object key) {
        }

        @CacheEvict
        public void evictAndFail(Object key) {
            throw new IllegalStateException("after");
        }

        @CacheEvict(beforeInvocation = true)
        public void evictBeforeAndFail(Object key) {
            throw new IllegalStateException("before");
        }

        @CacheEvict(allEntries = true)
        public void evictAll() {
        }

        @CacheEvict(allEntries = true, beforeInvocation = true)
        public void evictAllBeforeAndFail() {
            throw new IllegalStateException("before");
        }

        @CachePut(key = "#key")
        public Integer put(Object key, Integer value) {
            return value;
        }

        @CachePut(key = "#key", condition = "#value < 10", unless = "#result == 5")
        public Integer putSome(Object key, Integer value) {
            return value;
        }

        @Caching(cacheable = { @Cacheable("first"), @Cacheable("second") })
        public Integer inBoth(Object key) {
            return this.calls.incrementAndGet();
        }

        @Caching(evict = { @CacheEvict("first"), @CacheEvict(cacheNames = "second", key = "#root.args[0]") })
        public void evictFromBoth(Object key) {
        }

        @Caching(put = { @CachePut(cacheNames = "first", key = "#key"),
                @CachePut(cacheNames = "second", key = "#result") })
        public Integer putInBoth(Object key) {
            return this.calls.incrementAndGet();
        }

    }

    @Test
    void aMethodRunsOnceForEachKey() {
        run((service) -> {
            assertThat(service.cached("a")).isEqualTo(service.cached("a"));
            assertThat(service.cached("b")).isNotEqualTo(service.cached("a"));
            assertThat(service.synchronizedCached("c")).isEqualTo(service.synchronizedCached("c"));
            assertThat(service.cached(null)).isEqualTo(service.cached(null));
            assertThat(service.keyed("x", "y")).isEqualTo(service.keyed("z", "y"));
            assertThat(service.calls()).isEqualTo(5);
        });
    }

    @Test
    void conditionsDecideWhatIsCached() {
        run((service) -> {
            assertThat(service.conditional(4)).isNotEqualTo(service.conditional(4));
            assertThat(service.conditional(3)).isEqualTo(service.conditional(3));
            assertThat(service.conditionalSynchronized(4)).isNotEqualTo(service.conditionalSynchronized(4));
            service.evictAll();
            assertThat(service.conditionalSynchronized(3)).isEqualTo(service.conditionalSynchronized(3));
            int calls = service.calls();
            assertThat(service.unless(11)).isEqualTo(service.unless(11));
            assertThat(service.unless(9)).isEqualTo(service.unless(9));
            assertThat(service.calls()).isEqualTo(calls + 3);
        });
    }

    @Test
    void nullIsAResult() {
        run((service) -> {
            assertThat(service.nothing("a")).isNull();
            assertThat(service.nothing("a")).isNull();
            assertThat(service.nothingSynchronized("b")).isNull();
            assertThat(service.nothingSynchronized("b")).isNull();
            assertThat(service.calls()).isEqualTo(2);
        });
    }

    @Test
    void exceptionsComeAsTheyWereThrown() {
        run((service) -> {
            assertThatThrownBy(() -> service.checked("a")).isInstanceOf(IOException.class).hasMessage("a");
            assertThatThrownBy(() -> service.checkedSynchronized("a")).isInstanceOf(IOException.class).hasMessage("a");
            assertThatIllegalStateException().isThrownBy(() -> service.unchecked("a")).withMessage("a");
            assertThat(service.cached("a")).isOne();
        });
    }

    @Test
    void evictionsHappenBeforeOrAfter() {
        run((service) -> {
            Integer value = service.cached("a");
            assertThatException().isThrownBy(() -> service.evictAndFail("a")).withMessage("after");
            assertThat(service.cached("a")).isEqualTo(value);
            assertThatException().isThrownBy(() -> service.evictBeforeAndFail("a")).withMessage("before");
            assertThat(service.cached("a")).isNotEqualTo(value);
            value = service.cached("a");
            service.evict("a");
            assertThat(service.cached("a")).isNotEqualTo(value);
            value = service.cached("a");
            service.evictAll();
            assertThat(service.cached("a")).isNotEqualTo(value);
            value = service.cached("a");
            assertThatException().isThrownBy(service::evictAllBeforeAndFail);
            assertThat(service.cached("a")).isNotEqualTo(value);
        });
    }

    @Test
    void putsReplaceWhatIsCached() {
        run((service) -> {
            service.put("a", 100);
            assertThat(service.cached("a")).isEqualTo(100);
            service.put("a", 200);
            assertThat(service.cached("a")).isEqualTo(200);
            service.putSome("a", 10);
            service.putSome("a", 5);
            assertThat(service.cached("a")).isEqualTo(200);
            service.putSome("a", 9);
            assertThat(service.cached("a")).isEqualTo(9);
        });
    }

    @Test
    void severalCachesAreReadAndChangedTogether() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            CacheManager manager = context.getBean(CacheManager.class);
            Cache first = Objects.requireNonNull(manager.getCache("first"));
            Cache second = Objects.requireNonNull(manager.getCache("second"));
            Integer value = service.inBoth("a");
            assertThat(first.get("a", Integer.class)).isEqualTo(second.get("a", Integer.class)).isEqualTo(value);
            first.evict("a");
            assertThat(service.inBoth("a")).isEqualTo(value);
            service.evictFromBoth("a");
            assertThat(second.get("a")).isNull();
            assertThat(service.inBoth("a")).isNotEqualTo(value);
            Integer put = service.putInBoth("b");
            assertThat(first.get("b", Integer.class)).isEqualTo(put);
            assertThat(second.get(put, Integer.class)).isEqualTo(put);
        });
    }

    @Test
    void allCachesCanBeReset() {
        this.runner.run((context) -> {
            Service service = context.getBean(Service.class);
            Integer value = service.inBoth("a");
            context.getBean(CacheManager.class).resetCaches();
            assertThat(service.inBoth("a")).isNotEqualTo(value);
        });
    }

}
