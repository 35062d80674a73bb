package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.TcpRelay;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deletes that one machine is owed, while its identity moves to another machine and back.
 */
class JournalOfMachinesIntegrationTests {

    private static final int KEYS = 120;

    private final EmbeddedMemcached first = EmbeddedMemcached.start();

    private final EmbeddedMemcached second = EmbeddedMemcached.start();

    private final TcpRelay relay = new TcpRelay(this.first.port());

    private final MemlinkClient client = MemlinkClient.builder()
        .backends("s=" + this.relay.address())
        .requestTimeout(Duration.ofMillis(250))
        .build();

    private final BlockingValueOperations<String> text = this.client.blocking().with(Transcoder.text());

    @BeforeEach
    void store() {
        untilUp();
        IntStream.range(0, KEYS).forEach((i) -> this.text.set("key-" + i, "old", Expiration.never()));
    }

    @AfterEach
    void close() {
        this.client.close();
        this.relay.close();
        this.first.close();
        this.second.close();
    }

    private BackendStatus status() {
        return this.client.backends().get(0);
    }

    private void untilUp() {
        await().until(() -> status().state() == State.UP && status().journalDepth() == 0);
    }

    private void invalidateAll() {
        this.relay.cut();
        await().until(() -> status().state() == State.DOWN);
        for (int i = 0; i < KEYS; i++) {
            assertThat(this.client.blocking().invalidate("key-" + i)).isEqualTo(Invalidation.JOURNALLED);
        }
    }

    private void apply(String backend) {
        this.client.membership().apply(List.of(Backend.parse(backend)), true);
    }

    private void assertNothingIsReadAgain() {
        await().until(() -> status().state() == State.UP);
        assertThat(IntStream.range(0, KEYS).filter((i) -> this.text.get("key-" + i) != null)).isEmpty();
    }

    @Test
    void aMachineThatIsReplacedAndReplacedBackIsToldWhatItMissed() {
        invalidateAll();
        apply("s=127.0.0.1:" + this.second.port());
        untilUp();
        this.relay.mend();
        apply("s=" + this.relay.address());
        assertNothingIsReadAgain();
    }

    @Test
    void deletesUnderWayWhileItIsReplacedAndReplacedBackAreNotForgotten() {
        this.relay.cut();
        List<CompletableFuture<Invalidation>> invalidations = IntStream.range(0, KEYS)
            .mapToObj((i) -> this.client.invalidate("key-" + i))
            .toList();
        apply("s=127.0.0.1:" + this.second.port());
        untilUp();
        invalidations.forEach((invalidation) -> assertThat(invalidation.join()).isEqualTo(Invalidation.JOURNALLED));
        untilUp();
        this.relay.mend();
        apply("s=" + this.relay.address());
        assertNothingIsReadAgain();
    }

    @ParameterizedTest
    @ValueSource(strings = { "s=%s*5", "other=%s" })
    void anotherWeightOrNameAndBackForgetsNothing(String other) {
        invalidateAll();
        apply(other.formatted(this.relay.address()));
        this.relay.mend();
        apply("s=" + this.relay.address());
        assertNothingIsReadAgain();
    }

}
