package io.memlink.cluster.routing;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.Failover;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.cluster.journal.Journal;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.Fault;
import io.memlink.embedded.HoldFault;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaSet;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Reads of many keys of which some turn out to be owed a delete after they were sent.
 */
class OwedBatchTests {

    private static final List<Key> KEYS = List.of(Key.of("one"), Key.of("two"));

    private final EmbeddedMemcached server = EmbeddedMemcached.start();

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final Router router = new Router(List.of(Backend.parse("127.0.0.1:" + this.server.port())),
            new ClusterOptions(NodeLocator.rendezvous(), Failover.none(), JournalOverflow.SERVE, List.of(), null, null),
            new ClientJournals(), new MemcachedProtocol(null), LinkOptions.builder().build(), this.resources);

    private final HoldFault hold = Fault.hold();

    @AfterEach
    void close() {
        this.resources.close();
        this.server.close();
    }

    /** Reads both, the reply to which is held. */
    private List<CompletableFuture<MetaReply>> read() {
        await().until(() -> this.router.membership().backends().get(0).state() == State.UP);
        for (Key key : KEYS) {
            this.router.send(MetaSet.builder(key, "old".getBytes(StandardCharsets.UTF_8)).build()).join();
        }
        this.server.faults().next("get", this.hold);
        List<CompletableFuture<MetaReply>> read = List.of(new CompletableFuture<>(), new CompletableFuture<>());
        this.router.getAll(KEYS, new Router.Results() {

            @Override
            public void ended(int index, @Nullable MetaReply reply, @Nullable Throwable failure) {
                if (failure != null) {
                    read.get(index).completeExceptionally(failure);
                }
                else {
                    read.get(index).complete(reply);
                }
            }

            @Override
            public void broken(Throwable failure) {
                read.forEach((each) -> each.completeExceptionally(failure));
            }

        });
        await().until(this.hold::reached);
        return read;
    }

    @Test
    void whatIsOwedSinceTheyWereSentIsReadAgain() {
        List<CompletableFuture<MetaReply>> read = read();
        long before = this.server.requests("mg");
        this.router.bulk().owner(KEYS.get(0)).owe(KEYS.get(0), Owed.DELETE);
        this.hold.release();
        assertThat(read.get(0).join()).isEqualTo(Miss.INSTANCE);
        assertThat(read.get(1).join()).isInstanceOf(Hit.class);
        // That one, behind its delete.
        assertThat(this.server.requests("mg") - before).isOne();
    }

    /**
     * Although it was, nobody can tell, and what it has stored must not be read later.
     */
    @Test
    void aChangeThatIsNotBelievedIsOwedADelete() {
        await().until(() -> this.router.membership().backends().get(0).state() == State.UP);
        Key key = KEYS.get(0);
        this.server.faults().next("ms", this.hold);
        CompletableFuture<MetaReply> added = this.router
            .send(MetaSet.builder(key, new byte[] { 1 }).mode(MetaSet.Mode.ADD).build());
        await().until(this.hold::reached);
        Journal journal = this.router.bulk().owner(key).journal();
        journal.add(key, 0, false);
        journal.emptied(journal.epoch(), 1, 1);
        this.hold.release();
        assertThat(added).failsWithin(Duration.ofSeconds(5));
        await().until(() -> this.router.send(MetaGet.value(key)).join() == Miss.INSTANCE);
    }

    @Test
    void whatWasFoundIsBelievedWhereNothingIsOwed() {
        List<CompletableFuture<MetaReply>> read = read();
        long before = this.server.requests("mg");
        this.hold.release();
        assertThat(read).allSatisfy((each) -> assertThat(each.join()).isInstanceOf(Hit.class));
        assertThat(this.server.requests("mg")).isEqualTo(before);
    }

}
