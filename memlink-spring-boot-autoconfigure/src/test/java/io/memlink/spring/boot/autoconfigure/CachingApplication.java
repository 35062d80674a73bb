package io.memlink.spring.boot.autoconfigure;

import io.memlink.spring.boot.autoconfigure.cache.MemlinkCacheAutoConfiguration;
import io.memlink.spring.boot.autoconfigure.template.MemlinkTemplateAutoConfiguration;
import io.memlink.test.MemcachedProcess;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Configuration;

/**
 * An application with caching and nothing else. With the system property
 * {@code memlink.test.ahead-of-time} it is processed ahead of time, and runs as generated
 * code does.
 */
@Configuration(proxyBeanMethods = false)
@EnableCaching
@AutoConfigurationPackage
class CachingApplication {

    static ApplicationContextRunner runner(MemcachedProcess server) {
        ApplicationContextRunner runner = Boolean.getBoolean("memlink.test.ahead-of-time")
                ? new ApplicationContextRunner(AheadOfTimeContext::new) : new ApplicationContextRunner();
        return runner
            .withConfiguration(
                    AutoConfigurations.of(MemlinkAutoConfiguration.class, MemlinkTemplateAutoConfiguration.class,
                            MemlinkCacheAutoConfiguration.class, CacheAutoConfiguration.class))
            .withUserConfiguration(CachingApplication.class)
            .withPropertyValues("memlink.backends=127.0.0.1:" + server.port(), "memlink.request-timeout=2s");
    }

}
