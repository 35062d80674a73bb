package io.memlink.benchmarks.sidebyside.contender;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A {@code @Cacheable} method of a Spring application; whatever it answers is a hit. */
final class CacheableContender implements Contender {

    private static final String NO_REDIS = "--spring.autoconfigure.exclude="
            + "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration";

    private static final int MAX_READS = 10_000;

    private final ConfigurableApplicationContext context;

    private final ProfileService service;

    private CacheableContender(String... arguments) {
        this.context = SpringApplication.run(CacheableApplication.class, arguments);
        this.service = this.context.getBean(ProfileService.class);
    }

    /** With Memlink's starter. */
    static CacheableContender memlink(String address) {
        return new CacheableContender("--memlink.backends=" + address, "--memlink.request-timeout=5s", NO_REDIS);
    }

    /** With Spring Data Redis and Lettuce. */
    static CacheableContender redis(String address) {
        return new CacheableContender("--memlink.enabled=false", "--spring.cache.type=redis",
                "--spring.data.redis.host=127.0.0.1", "--spring.data.redis.port=" + address.split(":")[1]);
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        int stamp = this.service.find(key).stamp();
        return ByteBuffer.allocate(8).putInt(stamp).putInt(stamp).array();
    }

    @Override
    public void setNow(String key, byte[] value) {
        this.service.store(key, ByteBuffer.wrap(value).getInt());
    }

    /** Stores, and reads until it is there: no cache of these waits for its puts. */
    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        setNow(key, value);
        for (int i = 0; i < MAX_READS; i++) {
            try {
                return get(key);
            }
            catch (IllegalStateException ex) {
                Thread.yield();
            }
        }
        return get(key);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return CompletableFuture.completedFuture(getNow(key));
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        throw new UnsupportedOperationException("no such annotation");
    }

    @Override
    public void close() {
        this.context.close();
    }

}
