package io.memlink;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Failover;
import io.memlink.cluster.Invalidation;
import io.memlink.cluster.KeyRoute.Why;
import io.memlink.cluster.TcpRelay;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.loading.LoadPolicy;
import io.memlink.meta.Expiration;
import io.memlink.placement.NodeLocator;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.memlink.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Backends that stand in for one that cannot be reached.
 */
@MemcachedTest(servers = 2)
class GutterIntegrationTests {

    private static final Expiration HOUR = Expiration.after(Duration.ofHours(1));

    private TcpRelay relay;

    private MemlinkClient client;

    private BlockingValueOperations<String> text;

    @BeforeEach
    void connect(MemcachedProcess owner, MemcachedProcess standIn) {
        this.relay = new TcpRelay(owner.port());
        this.client = MemlinkClient.builder()
            .backends("owner=" + this.relay.address())
            .failover(Failover.gutter(List.of("gutter=127.0.0.1:" + standIn.port()), Duration.ofSeconds(5)))
            .build();
        this.text = this.client.blocking().with(Transcoder.text());
        soon().until(() -> this.client.backends().get(0).state() == State.UP);
        soon().until(() -> this.client.gutter().get(0).state() == State.UP);
    }

    @AfterEach
    void close() {
        this.client.close();
        this.relay.close();
    }

    private BackendStatus owner() {
        return this.client.backends().get(0);
    }

    private void cut() {
        this.relay.cut();
        soon().until(() -> owner().state() == State.DOWN);
    }

    private void mend() {
        this.relay.mend();
        soon().until(() -> owner().state() == State.UP);
    }

    @Test
    void isNotUsedWhileTheOwnerCanBe(MemcachedProcess owner, MemcachedProcess standIn) {
        this.text.set("key", "value", HOUR);
        assertThat(this.client.explain("key").why()).isEqualTo(Why.OWNER);
        assertThat(standIn.command("mg key v")).isEqualTo("EN\r\n");
        assertThat(owner.command("mg key v")).contains("value");
    }

    @Test
    void standsInForAShortWhile() {
        this.text.set("key", "old", HOUR);
        cut();
        assertThat(this.client.explain("key").why()).isEqualTo(Why.GUTTER);
        assertThat(this.text.get("key")).isNull();
        for (Expiration expiration : List.of(HOUR, Expiration.never(), Expiration.after(Duration.ofDays(60)))) {
            this.text.set("key", "new", expiration);
            assertThat(this.text.getItem("key").timeToLive()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }
        assertThat(this.text.add("other", "filled", Expiration.after(Duration.ofSeconds(2)))).isTrue();
        assertThat(this.text.getItem("other").timeToLive()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whatWasChangedThereIsNotReadFromTheOwnerAgain() {
        this.text.set("changed", "old", HOUR);
        this.text.set("deleted", "old", HOUR);
        this.text.set("filled", "same", HOUR);
        this.client.blocking().increment("counted", 1, 1, HOUR);
        cut();
        this.text.set("changed", "new", HOUR);
        assertThat(this.client.blocking().invalidate("deleted")).isEqualTo(Invalidation.JOURNALLED);
        this.text.add("filled", "same", HOUR);
        this.client.blocking().increment("counted", 1, 2, HOUR);
        assertThat(owner().journalDepth()).isEqualTo(3);
        mend();
        assertThat(this.text.get("changed")).isNull();
        assertThat(this.text.get("deleted")).isNull();
        assertThat(this.text.get("filled")).isEqualTo("same");
        assertThat(this.client.blocking().increment("counted", 1)).isNull();
    }

    @Test
    void whatIsFilledThereIsNoChangeOfTheOwnersItem() {
        this.text.set("kept", "value", HOUR);
        cut();
        LoadPolicy policy = LoadPolicy.timeToLive(Duration.ofMinutes(1));
        assertThat(this.text.getOrLoad("kept", () -> "value", policy)).isEqualTo("value");
        assertThatThrownBy(() -> this.text.getOrLoad("failed", () -> {
            throw new IllegalStateException("no origin");
        }, policy)).hasStackTraceContaining("no origin");
        // Behind the fill, which nobody waits for.
        assertThat(this.text.get("kept")).isEqualTo("value");
        assertThat(owner().journalDepth()).isZero();
        mend();
        assertThat(this.text.get("kept")).isEqualTo("value");
    }

    @Test
    void whereItCannotBeUsedEitherTheOwnersFailureIsTold(MemcachedProcess owner, MemcachedProcess standIn) {
        cut();
        standIn.kill();
        soon().until(() -> this.client.gutter().get(0).state() == State.DOWN);
        assertThatThrownBy(() -> this.text.get("key")).isInstanceOf(MemlinkConnectionException.class)
            .hasMessageContaining(this.relay.address());
    }

    /** It may have been a backend before. */
    private static void holdsAnOldValue(MemcachedProcess server) {
        try (MemlinkClient other = MemlinkClient.builder().backends("127.0.0.1:" + server.port()).build()) {
            other.blocking().with(Transcoder.text()).set("key", "old", HOUR);
        }
    }

    private static void isNotReadFromTheGutter(MemlinkClient client) {
        soon().until(() -> client.explain("key").why() == Why.GUTTER);
        assertThat(client.blocking().with(Transcoder.text()).get("key")).isNull();
    }

    @Test
    void whatTheOwnerWasNotToldOfIsNotReadFromItEither(MemcachedProcess standIn) {
        holdsAnOldValue(standIn);
        EmbeddedMemcached owner = EmbeddedMemcached.start();
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:" + owner.port())
            .failover(Failover.gutter(List.of("127.0.0.1:" + standIn.port()), Duration.ofSeconds(5)))
            .build()) {
            soon().until(() -> client.backends().get(0).state() == State.UP);
            owner.faults().next("md", Fault.ignoreRequest());
            CompletableFuture<Invalidation> invalidated = client.invalidate("key");
            owner.close();
            assertThat(invalidated.join()).isEqualTo(Invalidation.JOURNALLED);
            isNotReadFromTheGutter(client);
        }
    }

    @Test
    void norIsWhatARunWithoutItOwes(MemcachedProcess standIn) {
        holdsAnOldValue(standIn);
        AtomicReference<Failover> failover = new AtomicReference<>(Failover.none());
        // Nobody listens there.
        try (MemlinkClient client = MemlinkClient
            .onDemand(() -> MemlinkClient.builder().backends("127.0.0.1:1").failover(failover.get()))) {
            client.start();
            soon().until(() -> client.backends().get(0).state() == State.DOWN);
            assertThat(client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
            client.stop();
            failover.set(Failover.gutter(List.of("127.0.0.1:" + standIn.port()), Duration.ofSeconds(5)));
            client.start();
            isNotReadFromTheGutter(client);
        }
    }

    @Test
    void whatIsWrittenThereIsReadThere() {
        cut();
        this.text.set("key", "new", HOUR);
        assertThat(this.client.gutter().get(0).journalDepth()).isZero();
        assertThat(this.text.get("key")).isEqualTo("new");
    }

    @Test
    void norIsItDeletedWheneverTheOwnerCannotBeTold(MemcachedProcess standIn) {
        try (EmbeddedMemcached owner = EmbeddedMemcached.start();
                MemlinkClient client = MemlinkClient.builder()
                    .backends("127.0.0.1:" + owner.port())
                    .poolSize(1)
                    .failover(Failover.gutter(List.of("127.0.0.1:" + standIn.port()), Duration.ofMinutes(1)))
                    .build()) {
            soon().until(() -> client.backends().get(0).state() == State.UP);
            owner.faults().always("md", Fault.ignoreRequest());
            assertThat(client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
            soon().until(() -> client.explain("key").why() == Why.GUTTER);
            BlockingValueOperations<String> text = client.blocking().with(Transcoder.text());
            text.set("key", "new", HOUR);
            long before = owner.requests("md");
            soon().until(() -> owner.requests("md") > before + 2);
            assertThat(text.get("key")).isEqualTo("new");
        }
    }

    @Test
    void whatIsJournalledIsOwedAlsoWhereNobodyCanBeFoundThere() {
        NodeLocator nobody = new NodeLocator() {

            @Override
            public int locate(byte[] key) {
                throw new IllegalStateException("nobody");
            }

            @Override
            public List<Integer> candidates(byte[] key) {
                return List.of();
            }

            @Override
            public OptionalLong hash(byte[] key) {
                return OptionalLong.empty();
            }

        };
        // Nobody listens at any of them.
        try (MemlinkClient client = MemlinkClient.builder()
            .backends("127.0.0.1:1")
            .failover(Failover.gutter("127.0.0.1:2", "127.0.0.1:3"))
            .locator((backends) -> (backends.size() > 1) ? nobody : NodeLocator.rendezvous().create(backends))
            .build()) {
            soon().until(() -> client.backends().get(0).state() == State.DOWN);
            assertThat(client.blocking().invalidate("key")).isEqualTo(Invalidation.JOURNALLED);
            assertThat(client.backends().get(0).journalDepth()).isOne();
        }
    }

}
