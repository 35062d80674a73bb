package io.memlink.benchmarks.soak.rivals;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.memlink.MemlinkClient;
import io.memlink.meta.Expiration;
import org.jspecify.annotations.Nullable;

/** Memlink with its defaults, but for the timeouts. */
final class MemlinkRival implements RivalClient {

    private final MemlinkClient client;

    MemlinkRival(List<String> addresses) {
        this.client = MemlinkClient.builder()
            .backends(servers(addresses))
            .requestTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .connectTimeout(Duration.ofMillis(TIMEOUT_MILLIS))
            .build();
    }

    // A server has the same name for all clients, whatever the way to it.
    private static List<String> servers(List<String> addresses) {
        return addresses.stream().map((address) -> "server-" + addresses.indexOf(address) + "=" + address).toList();
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        return this.client.get(key);
    }

    @Override
    public byte @Nullable [] getNow(String key) {
        return this.client.blocking().get(key);
    }

    @Override
    public void setNow(String key, byte[] value) {
        this.client.blocking().set(key, value, Expiration.never());
    }

    @Override
    public void deleteNow(String key) {
        this.client.blocking().delete(key);
    }

    @Override
    public void close() {
        this.client.close();
    }

}
