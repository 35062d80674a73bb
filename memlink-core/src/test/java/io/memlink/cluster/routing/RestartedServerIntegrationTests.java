package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.health.EjectionLimit;
import io.memlink.cluster.journal.Journals;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.Key;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import io.memlink.time.Timers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Deletes that a real server has missed before it was restarted. Servers count their age
 * in seconds, so the clock of the client moves on by as many.
 */
@MemcachedTest
class RestartedServerIntegrationTests {

    private static final Key KEY = Key.of("key");

    private final List<String> settlements = new CopyOnWriteArrayList<>();

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final MovedTimers timers = new MovedTimers(this.resources.timers(), new AtomicLong());

    private Node node;

    @BeforeEach
    void connect(MemcachedProcess server) {
        ClusterListener listener = new ClusterListener() {

            @Override
            public void journalSettled(Backend backend, Settlement settlement, int keys) {
                RestartedServerIntegrationTests.this.settlements.add(settlement + " " + keys);
            }

        };
        ClusterEvents events = new ClusterEvents(List.of(listener), this.timers);
        EjectionLimit limit = new EjectionLimit(this.timers::nanoTime, () -> List.of(this.node.health()), (used) -> {
        });
        Journals journals = new Journals();
        NodeFactory factory = new NodeFactory(new MemcachedProtocol(null), LinkOptions.builder().build(),
                this.resources, this.timers, events, JournalOverflow.SERVE, limit, Long.MAX_VALUE, journals);
        Backend backend = Backend.parse("127.0.0.1:" + server.port());
        this.node = new Node(backend, journals.of(backend), factory);
        awaitState(State.UP);
    }

    @AfterEach
    void close() {
        this.node.close(Duration.ZERO).join();
        this.resources.close();
    }

    private void awaitState(State state) {
        await().atMost(Duration.ofSeconds(20)).until(() -> this.node.health().state() == state);
    }

    private void missADeleteAndRestart(MemcachedProcess server, long secondsBetween) {
        server.kill();
        awaitState(State.DOWN);
        this.node.owe(KEY, Owed.DELETE);
        assertThat(this.node.journal().depth()).isOne();
        this.timers.move(secondsBetween);
        server.restart();
        awaitState(State.UP);
        await().until(() -> !this.settlements.isEmpty());
        assertThat(this.node.journal().depth()).isZero();
    }

    @Test
    void aServerThatWasRestartedHasNothingToDelete(MemcachedProcess server) {
        missADeleteAndRestart(server, 600);
        assertThat(this.settlements).containsExactly("RESTARTED 1");
    }

    @Test
    void aDeleteThatMayBeYoungerThanTheServerIsDelivered(MemcachedProcess server) {
        missADeleteAndRestart(server, 0);
        assertThat(this.settlements).containsExactly("DELIVERED 1");
    }

    /**
     * A clock that can be moved on, and the tasks of another one.
     *
     * @param timers the other one
     * @param ahead by how many nanoseconds it is ahead
     */
    private record MovedTimers(Timers timers, AtomicLong ahead) implements Timers {

        void move(long seconds) {
            this.ahead.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        }

        @Override
        public long nanoTime() {
            return this.timers.nanoTime() + this.ahead.get();
        }

        @Override
        public void execute(Runnable task) {
            this.timers.execute(task);
        }

        @Override
        public void schedule(Runnable task, long delayNanos) {
            this.timers.schedule(task, delayNanos);
        }

    }

}
