package io.memlink.test.slice;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.cache.annotation.EnableCaching;

/**
 * Enables caching in a {@link MemlinkTest}, whose filters may leave out the class of the
 * application that does. Comes before the configurations that look whether caching is
 * enabled.
 */
@AutoConfiguration(beforeName = { "io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration",
        "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration" })
@EnableCaching
class CachingTestConfiguration {

}
