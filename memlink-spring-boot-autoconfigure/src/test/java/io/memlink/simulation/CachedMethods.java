package io.memlink.simulation;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import io.memlink.spring.cache.invocation.Invocation;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.interceptor.BeanFactoryCacheOperationSourceAdvisor;
import org.springframework.cache.interceptor.CacheInterceptor;

/**
 * Methods with annotations, to which Spring applies the cache. They do whatever they are
 * told to, such as to call each other.
 */
interface CachedMethods {

    byte[] read(String key, Supplier<byte[]> method);

    byte[] put(String key, Supplier<byte[]> method);

    void evict(String key, Runnable method);

    void clear(Runnable method);

    /** Returns methods that use views of one cache. */
    static CachedMethods of(String name, Supplier<Cache> views) {
        AnnotationCacheOperationSource operations = new AnnotationCacheOperationSource();
        CacheInterceptor interceptor = new CacheInterceptor();
        interceptor.setCacheOperationSources(operations);
        interceptor.setCacheManager(new CacheManager() {

            @Override
            public Cache getCache(String same) {
                return views.get();
            }

            @Override
            public Collection<String> getCacheNames() {
                return List.of(name);
            }

        });
        interceptor.afterPropertiesSet();
        interceptor.afterSingletonsInstantiated();
        BeanFactoryCacheOperationSourceAdvisor advisor = new BeanFactoryCacheOperationSourceAdvisor();
        advisor.setCacheOperationSource(operations);
        advisor.setAdvice(Invocation.around(interceptor));
        ProxyFactory factory = new ProxyFactory(new Obedient());
        factory.addAdvisor(advisor);
        return (CachedMethods) factory.getProxy();
    }

    /** Does what it is told to. */
    final class Obedient implements CachedMethods {

        @Override
        @Cacheable(cacheNames = CacheHistory.CACHE, key = "#p0")
        public byte[] read(String key, Supplier<byte[]> method) {
            return method.get();
        }

        @Override
        @CachePut(cacheNames = CacheHistory.CACHE, key = "#p0")
        public byte[] put(String key, Supplier<byte[]> method) {
            return method.get();
        }

        @Override
        @CacheEvict(cacheNames = CacheHistory.CACHE, key = "#p0")
        public void evict(String key, Runnable method) {
            method.run();
        }

        @Override
        @CacheEvict(cacheNames = CacheHistory.CACHE, allEntries = true)
        public void clear(Runnable method) {
            method.run();
        }

    }

}
