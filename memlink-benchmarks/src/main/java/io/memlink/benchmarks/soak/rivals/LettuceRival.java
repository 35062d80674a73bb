package io.memlink.benchmarks.soak.rivals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.RedisTemplate;
import org.springframework.data.redis.serializer.RedisSerializationContext;
import org.springframework.data.redis.serializer.RedisSerializer;

/**
 * Spring Data Redis with Lettuce, as Spring Boot and the page "Production usage" of
 * Lettuce set it up. Keys are spread over the servers here, since a cluster would add a
 * failover of the servers' own to what is compared.
 */
final class LettuceRival implements RivalClient {

    private final List<LettuceConnectionFactory> factories = new ArrayList<>();

    private final List<RedisTemplate<String, byte[]>> templates = new ArrayList<>();

    private final List<ReactiveRedisTemplate<String, byte[]>> reactive = new ArrayList<>();

    LettuceRival(List<String> addresses) {
        for (String address : addresses) {
            String[] parts = address.split(":");
            LettuceConnectionFactory factory = new LettuceConnectionFactory(
                    new RedisStandaloneConfiguration(parts[0], Integer.parseInt(parts[1])), configuration());
            factory.afterPropertiesSet();
            factory.start();
            RedisTemplate<String, byte[]> template = new RedisTemplate<>();
            template.setConnectionFactory(factory);
            template.setKeySerializer(RedisSerializer.string());
            template.setValueSerializer(RedisSerializer.byteArray());
            template.afterPropertiesSet();
            this.factories.add(factory);
            this.templates.add(template);
            this.reactive.add(new ReactiveRedisTemplate<>(factory,
                    RedisSerializationContext.<String, byte[]>newSerializationContext(RedisSerializer.string())
                        .value(RedisSerializer.byteArray())
                        .build()));
        }
    }

    private static LettuceClientConfiguration configuration() {
        SocketOptions socket = SocketOptions.builder()
            .connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .keepAlive(SocketOptions.KeepAliveOptions.builder()
                .interval(Duration.ofSeconds(5))
                .idle(Duration.ofSeconds(5))
                .count(3)
                .enable()
                .build())
            .tcpUserTimeout(SocketOptions.TcpUserTimeoutOptions.builder()
                .tcpUserTimeout(Duration.ofSeconds(20))
                .enable()
                .build())
            .build();
        return LettuceClientConfiguration.builder()
            .commandTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .clientOptions(
                    ClientOptions.builder().socketOptions(socket).timeoutOptions(TimeoutOptions.enabled()).build())
            .build();
    }

    private static <T> T choose(List<T> servers, String key) {
        return servers.get(Math.floorMod(key.hashCode(), servers.size()));
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return choose(this.reactive, key).opsForValue().get(key).toFuture();
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        return choose(this.templates, key).opsForValue().get(key);
    }

    @Override
    public void setNow(String key, byte[] value) {
        choose(this.templates, key).opsForValue().set(key, value);
    }

    @Override
    public void deleteNow(String key) {
        choose(this.templates, key).delete(key);
    }

    @Override
    public void close() {
        this.factories.forEach(LettuceConnectionFactory::destroy);
    }

}
