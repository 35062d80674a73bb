package io.memlink.test.slice;

import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/**
 * Enables caching in a {@link MemlinkTest}, whose filters may leave out the class of the
 * application that does.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching
class CachingTestConfiguration {

}
