package io.memlink.spring.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.AfterEach;

/** A cache on a server whose clock the tests move. */
abstract class AgingCache {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    final EmbeddedMemcached server = EmbeddedMemcached.builder().clock(this.now::get).start();

    CacheTesting application;

    MemlinkCache cache;

    void open(MemlinkCacheConfigurationBuilder configuration) {
        this.application = CacheTesting.of(this.server, configuration);
        this.cache = this.application.cache();
    }

    @AfterEach
    void close() {
        this.application.close();
        this.server.close();
    }

    void waitFor(Duration time) {
        // What was put before is on the server then.
        this.application.settle();
        this.now.updateAndGet((now) -> now.plus(time));
    }

}
