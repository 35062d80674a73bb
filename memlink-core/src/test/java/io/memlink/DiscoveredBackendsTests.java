package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.cluster.Discovery;
import io.memlink.cluster.ServerAddress;
import io.memlink.error.MemlinkConnectionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DiscoveredBackendsTests {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final ServerAddress ONE = ServerAddress.parse("127.0.0.1:1");

    private static final ServerAddress TWO = ServerAddress.parse("127.0.0.1:2");

    private final AtomicReference<CompletableFuture<List<ServerAddress>>> answer = new AtomicReference<>(
            CompletableFuture.completedFuture(List.of(ONE)));

    private final Discovery.Factory discovery = (protocol, options, resources) -> this.answer::get;

    @Test
    void backendsAreThoseThatWereFoundLast() {
        try (MemlinkClient client = MemlinkClient.builder().discovery(this.discovery, INTERVAL).build()) {
            assertThat(client.backends()).extracting("address").containsExactly(ONE);
            this.answer.set(CompletableFuture.completedFuture(List.of(ONE, TWO)));

            Awaitility.await()
                .untilAsserted(() -> assertThat(client.backends()).extracting("address").containsExactly(ONE, TWO));
        }
    }

    @Test
    void givenBackendsAreUsedUntilSomeAreFound() {
        this.answer.set(CompletableFuture.failedFuture(new IllegalStateException("no name server")));
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:2")
            .discovery(this.discovery, INTERVAL)
            .build()) {
            assertThat(client.backends()).extracting("address").containsExactly(TWO);
            this.answer.set(CompletableFuture.completedFuture(List.of(ONE, TWO)));

            Awaitility.await()
                .untilAsserted(() -> assertThat(client.backends()).extracting("address").containsExactly(ONE, TWO));
        }
    }

    @Test
    void noBackendsAtAllAreRefused() {
        this.answer.set(CompletableFuture.completedFuture(List.of()));

        assertThatExceptionOfType(MemlinkConnectionException.class)
            .isThrownBy(() -> MemlinkClient.builder().discovery(this.discovery, INTERVAL).build())
            .withMessageContaining("backends cannot be discovered");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> MemlinkClient.builder().discovery(this.discovery, Duration.ZERO))
            .withMessage("discoveryInterval: PT0S (expected: 1 second to 1 hour)");
    }

}
