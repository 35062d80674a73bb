package io.memlink.benchmarks.sidebyside.contender;

import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;

/** The cached methods. */
class ProfileService {

    @Cacheable("profiles")
    public Profile find(String key) {
        throw new IllegalStateException("not cached: " + key);
    }

    @CachePut(cacheNames = "profiles", key = "#key")
    public Profile store(String key, int stamp) {
        return new Profile(key, "Somebody " + stamp, "somebody-" + stamp + "@example.org", stamp);
    }

}
