package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.TcpRelay;
import io.memlink.error.MemlinkException;
import io.memlink.error.Outcome;
import io.memlink.meta.Expiration;
import io.memlink.placement.Backend;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.memlink.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

/**
 * Deletes that cannot be delivered, behind a network that is cut and mended while the
 * server keeps what it has.
 */
@MemcachedTest
class JournalIntegrationTests {

    private static final int KEYS = 1000;

    private static final int FULL = 100_000;

    private final RecordingClusterListener listener = new RecordingClusterListener();

    private TcpRelay relay;

    private MemlinkClient client;

    private BlockingValueOperations<String> text;

    @BeforeEach
    void connect(MemcachedProcess server) {
        connect(server, JournalOverflow.SERVE);
    }

    private void connect(MemcachedProcess server, JournalOverflow overflow) {
        this.relay = new TcpRelay(server.port());
        this.client = MemlinkClient.builder()
            .backends("s=" + this.relay.address())
            .requestTimeout(Duration.ofMillis(250))
            .onJournalOverflow(overflow)
            .clusterListener(this.listener)
            .build();
        this.text = this.client.blocking().with(Transcoder.text());
        soon().until(() -> status().state() == State.UP);
    }

    @AfterEach
    void close() {
        this.client.close();
        this.relay.close();
    }

    private BackendStatus status() {
        return this.client.backends().get(0);
    }

    private void cut() {
        this.relay.cut();
        soon().until(() -> status().state() == State.DOWN);
    }

    private void setAll(String value) {
        IntStream.range(0, KEYS).forEach((i) -> this.text.set("key-" + i, value, Expiration.never()));
    }

    @Test
    void nothingThatWasDeletedMeanwhileIsReadAgain(MemcachedProcess server) {
        setAll("old");
        cut();
        for (int i = 0; i < KEYS; i += 2) {
            CompletableFuture<Boolean> delete = this.client.delete("key-" + i);
            assertThat(delete).isCompletedExceptionally();
            assertThat(this.client.invalidate("key-" + (i + 1))).isCompletedWithValue(Invalidation.JOURNALLED);
        }
        assertThat(status().journalDepth()).isEqualTo(KEYS);
        assertThat(this.client.explain("key-7").journalled()).isTrue();
        assertThat(server.command("mg key-7 v")).contains("old");
        this.relay.mend();
        Queue<String> found = new ConcurrentLinkedQueue<>();
        soon().until(() -> {
            readAll(found);
            return status().state() == State.UP;
        });
        readAll(found);
        assertThat(found).isEmpty();
        assertThat(status().journalDepth()).isZero();
        assertThat(server.command("mg key-7 v\r\nmg key-998 v")).isEqualTo("EN\r\nEN\r\n");
        // Listeners are told a little later.
        soon().untilAsserted(() -> assertThat(this.listener.events()).contains("s: DELIVERED " + KEYS));
    }

    private void readAll(Queue<String> found) {
        for (int i = 0; i < KEYS; i += 50) {
            String key = "key-" + i;
            this.client.get(key).thenAccept((value) -> {
                if (value != null) {
                    found.add(key);
                }
            });
        }
    }

    @Test
    void tellsEachChangeInItsOrder() {
        cut();
        this.client.invalidate("key").join();
        this.relay.mend();
        soon().until(() -> status().state() == State.UP);
        soon().until(() -> this.listener.events().contains("s: RETURNING > UP"));
        assertThat(this.listener.events()).containsExactly("s: CONNECTING > UP", "s: UP > DOWN", "s: DOWN > RETURNING",
                "s: DELIVERED 1", "s: RETURNING > UP");
    }

    @Test
    void aSetThatMayHaveHappenedIsUndone(MemcachedProcess server) {
        this.text.set("key", "old", Expiration.never());
        server.pause();
        assertThatThrownBy(() -> this.text.set("key", "new", Expiration.never()))
            .asInstanceOf(type(MemlinkException.class))
            .extracting(MemlinkException::outcome)
            .isEqualTo(Outcome.UNKNOWN);
        assertThat(status().journalDepth()).isOne();
        server.resume();
        soon().until(() -> status().state() == State.UP && status().journalDepth() == 0);
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void aDeleteWithoutAnAnswerIsRepeatedUntilThereIsOne(MemcachedProcess server) {
        this.text.set("key", "old", Expiration.never());
        server.pause();
        assertThat(this.client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
        server.resume();
        soon().until(() -> status().state() == State.UP && status().journalDepth() == 0);
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void aKeyInTheJournalIsDeletedAheadOfWhatComesNext(MemcachedProcess server) {
        this.text.set("key", "old", Expiration.never());
        server.pause();
        assertThat(this.client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
        server.resume();
        CompletableFuture<byte[]> read = this.client.get("key");
        soon().until(read::isDone);
        assertThat(read.exceptionally((failure) -> null)).isCompletedWithValue(null);
    }

    @Test
    void aBackendThatLeavesTheListAndReturnsIsToldWhatItMissed() {
        Backend backend = status().address();
        this.text.set("key", "old", Expiration.never());
        cut();
        assertThat(this.client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
        this.client.membership().apply(List.of(Backend.parse("127.0.0.1:1")), true);
        this.relay.mend();
        this.client.membership().apply(List.of(backend), true);
        soon().until(() -> status().state() == State.UP);
        assertThat(this.text.get("key")).isNull();
    }

    @Test
    void whatIsJournalledAfterABackendWasReplacedIsNotReadFromItsSuccessor(MemcachedProcess server) {
        this.text.set("key", "old", Expiration.never());
        server.pause();
        CompletableFuture<Invalidation> invalidated = this.client.invalidate("key");
        this.client.membership().apply(List.of(Backend.parse("s=127.0.0.1:" + server.port())), false);
        assertThat(invalidated.join()).isEqualTo(Invalidation.JOURNALLED);
        server.resume();
        soon().until(() -> status().state() == State.UP);
        assertThat(this.text.get("key")).isNull();
    }

    private void overflow() {
        this.text.set("kept", "old", Expiration.never());
        cut();
        for (int i = 0; i < FULL; i++) {
            this.client.invalidate("key-" + i);
        }
        assertThat(this.client.blocking().invalidate("key-0")).isEqualTo(Invalidation.JOURNALLED);
        assertThatThrownBy(() -> this.client.blocking().invalidate("kept")).isInstanceOf(MemlinkException.class);
        assertThat(status().journalDepth()).isEqualTo(FULL);
        assertThat(status().journalLost()).isOne();
        soon().until(() -> this.listener.events().contains("s: overflow at " + FULL));
        this.relay.mend();
        soon().until(() -> status().state() == State.UP);
    }

    @Test
    void aBackendServesAgainAfterAnOverflowUnlessToldOtherwise() {
        overflow();
        soon().until(() -> this.listener.events().contains("s: DELIVERED " + FULL));
        assertThat(this.text.get("kept")).isEqualTo("old");
        assertThat(status().journalLost()).isOne();
    }

    @Test
    void aBackendIsFlushedAfterAnOverflowWhereThatIsWanted(MemcachedProcess server) {
        close();
        connect(server, JournalOverflow.FLUSH);
        overflow();
        soon().until(() -> this.listener.events().contains("s: FLUSHED " + FULL));
        assertThat(this.text.get("kept")).isNull();
        assertThat(List.of(status().journalDepth())).containsExactly(0);
    }

}
