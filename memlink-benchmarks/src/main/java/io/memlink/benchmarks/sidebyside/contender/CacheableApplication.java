package io.memlink.benchmarks.sidebyside.contender;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** The same application, whatever the cache behind it. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
class CacheableApplication {

    @Bean
    ProfileService profileService() {
        return new ProfileService();
    }

}
