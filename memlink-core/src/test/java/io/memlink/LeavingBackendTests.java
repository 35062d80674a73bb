package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkClosedException;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls to a backend that leaves the list, in a client that is closed meanwhile.
 */
class LeavingBackendTests {

    private static String keyOf(MemlinkClient client, Backend owner) {
        return IntStream.iterate(0, (i) -> i + 1)
            .mapToObj((i) -> "key" + i)
            .filter((key) -> client.explain(key).candidates().get(0).equals(owner))
            .findFirst()
            .orElseThrow();
    }

    @Test
    void endWithTheClient() {
        try (EmbeddedMemcached staying = EmbeddedMemcached.start();
                EmbeddedMemcached leaving = EmbeddedMemcached.start()) {
            Backend stays = Backend.of("127.0.0.1", staying.port());
            Backend leaves = Backend.of("127.0.0.1", leaving.port());
            MemlinkClient client = MemlinkClient.builder()
                .backends(stays, leaves)
                .requestTimeout(Duration.ofMinutes(1))
                .closeTimeout(Duration.ZERO)
                .build();
            String key = keyOf(client, leaves);
            client.blocking().get(key);
            leaving.freeze();
            CompletableFuture<byte[]> call = client.get(key);
            client.membership().apply(List.of(stays), true);
            client.close();
            assertThat(call).failsWithin(Duration.ofSeconds(5))
                .withThrowableThat()
                .withCauseInstanceOf(MemlinkClosedException.class);
        }
    }

}
