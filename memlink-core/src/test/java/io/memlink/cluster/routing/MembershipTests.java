package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.BackendStatus.State;
import io.memlink.cluster.ClusterListener;
import io.memlink.cluster.Failover;
import io.memlink.cluster.JournalOverflow;
import io.memlink.cluster.Membership;
import io.memlink.cluster.journal.ClientJournals;
import io.memlink.cluster.journal.Journals;
import io.memlink.cluster.journal.RequestEffect.Owed;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.Key;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Which changes of the backends are made, and which are refused.
 */
class MembershipTests {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final Cluster cluster = new Cluster(backends("a", "b", "c", "d"), null,
            ClusterOptions.of(NodeLocator.rendezvous()), new Journals(), new MemcachedProtocol(null),
            LinkOptions.builder().build(), this.resources);

    @BeforeEach
    void begin() {
        this.cluster.begin();
    }

    /** Nobody listens there, which does not matter. */
    private static List<Backend> backends(String... ids) {
        return Stream.of(ids).map((id) -> new Backend(id, "127.0.0.1", id.charAt(0))).toList();
    }

    @AfterEach
    void close() {
        this.cluster.close(Duration.ZERO);
        this.resources.close();
    }

    private List<String> ids() {
        return this.cluster.backends().stream().map((backend) -> backend.address().id()).toList();
    }

    private void assertRefused(List<Backend> backends, String reason) {
        assertThatThrownBy(() -> this.cluster.apply(backends, false)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("backends: ")
            .hasMessageContaining(reason);
        assertThat(ids()).containsExactly("a", "b", "c", "d");
        assertThat(this.cluster.generation()).isOne();
    }

    @Test
    void refusesListsThatMakeNoSense() {
        assertRefused(List.of(), "at least one");
        assertRefused(backends("a", "b", "c", "a"), "a=127.0.0.1:97 comes twice");
        Backend sameAddress = new Backend("e", "127.0.0.1", 'a');
        assertRefused(List.of(backends("a").get(0), sameAddress, backends("b").get(0), backends("c").get(0)),
                "comes twice");
    }

    @Test
    void refusesToLoseMoreThanHalfOfThoseThatAreUsedUnlessForced() {
        List<String> told = new CopyOnWriteArrayList<>();
        List<EmbeddedMemcached> servers = Stream.generate(EmbeddedMemcached::start).limit(4).toList();
        List<Backend> used = IntStream.range(0, 4)
            .mapToObj((i) -> new Backend("abcd".substring(i, i + 1), "127.0.0.1", servers.get(i).port()))
            .toList();
        List<Backend> wrong = Stream.concat(used.stream().limit(1), backends("e", "f", "g").stream()).toList();
        Cluster cluster = new Cluster(used, null, telling(told), new Journals(), new MemcachedProtocol(null),
                LinkOptions.builder().build(), this.resources);
        cluster.begin();
        await().until(() -> cluster.backends().stream().allMatch((backend) -> backend.state() == State.UP));
        assertThatThrownBy(() -> cluster.apply(wrong, false)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("unless the change is forced or the others are down");
        assertThat(cluster.generation()).isOne();
        await().untilAsserted(() -> assertThat(told).singleElement()
            .satisfies((reason) -> assertThat(reason).contains(wrong.toString())));
        assertThat(cluster.apply(wrong, true)).isTrue();
        assertThat(cluster.backends()).extracting(BackendStatus::address).isEqualTo(wrong);
        assertThat(cluster.apply(wrong.subList(0, 2), false)).isTrue();
        cluster.close(Duration.ZERO);
        servers.forEach(EmbeddedMemcached::close);
    }

    private static ClusterOptions telling(List<String> told) {
        ClusterListener listener = new ClusterListener() {

            @Override
            public void membershipRefused(List<Backend> refused, String reason) {
                told.add(reason);
            }

        };
        return new ClusterOptions(NodeLocator.rendezvous(), Failover.none(), JournalOverflow.SERVE, List.of(listener),
                null, null);
    }

    @Test
    void thoseThatAreDownMayGo() {
        await().until(() -> this.cluster.topology().nodes().stream().noneMatch(Node::isUsable));
        assertThat(this.cluster.apply(backends("x"), false)).isTrue();
        assertThat(ids()).containsExactly("x");
    }

    @Test
    void whatLeftAndReturnsStillOwesItsDeletes() {
        Node before = this.cluster.topology().nodes().get(0);
        before.owe(Key.of("key"), Owed.DELETE);
        this.cluster.apply(backends("b", "c", "d"), true);
        before.owe(Key.of("late"), Owed.DELETE);
        this.cluster.apply(backends("a", "b", "c", "d"), true);
        Node after = this.cluster.topology().nodes().get(0);
        assertThat(after).isNotSameAs(before);
        assertThat(after.journal().find(Key.of("key"))).isNotNull();
        assertThat(after.journal().find(Key.of("late"))).isNotNull();
    }

    @Test
    void whatTheNodeBeforeItIsOwedLaterIsOwedByItsSuccessor() {
        Node before = this.cluster.topology().nodes().get(0);
        List<Backend> backends = List.of(new Backend("a", "127.0.0.2", 'a'), backends("b").get(0), backends("c").get(0),
                backends("d").get(0));
        this.cluster.apply(backends, false);
        before.owe(Key.of("key"), Owed.DELETE);
        assertThat(this.cluster.topology().nodes().get(0).journal().find(Key.of("key"))).isNotNull();
    }

    @Test
    void whoeverHasTheKeyOfABackendThatLeftOwesItsDeleteToo() {
        Node before = this.cluster.topology().nodes().get(0);
        before.owe(Key.of("early"), Owed.DELETE);
        this.cluster.apply(backends("b", "c", "d"), true);
        before.owe(Key.of("late"), Owed.DELETE);
        for (Key key : List.of(Key.of("early"), Key.of("late"))) {
            assertThat(this.cluster.topology().owner(key).journal().find(key)).isNotNull();
        }
    }

    @Test
    void whoeverHasTheKeyOwesItsDeleteBeforeAnybodyAsks() {
        AtomicReference<Membership> membership = new AtomicReference<>();
        List<Long> generations = new CopyOnWriteArrayList<>();
        NodeLocator.Factory locator = (backends) -> (key) -> {
            generations.add(membership.get().generation());
            return 0;
        };
        Cluster cluster = new Cluster(backends("a", "b"), null, ClusterOptions.of(locator), new Journals(),
                new MemcachedProtocol(null), LinkOptions.builder().build(), this.resources);
        cluster.begin();
        membership.set(cluster);
        cluster.topology().nodes().get(0).owe(Key.of("key"), Owed.DELETE);
        cluster.apply(backends("b", "c"), true);
        assertThat(generations).startsWith(1L);
        assertThat(cluster.topology().nodes().get(0).journal().find(Key.of("key"))).isNotNull();
        cluster.close(Duration.ZERO);
    }

    @Test
    void aMachineThatIsReplacedIsNotLost() {
        List<Backend> moved = backends("a", "b", "c", "d").stream()
            .map((backend) -> new Backend(backend.id(), "127.0.0.2", backend.port()))
            .toList();
        assertThat(this.cluster.apply(moved, false)).isTrue();
        assertThat(this.cluster.backends()).extracting(BackendStatus::address).isEqualTo(moved);
    }

    @Test
    void theSameListIsNoChange() {
        assertThat(this.cluster.apply(backends("a", "b", "c", "d"), false)).isFalse();
        assertThat(this.cluster.generation()).isOne();
    }

    @Test
    void backendsThatStayKeepTheirConnectionsAndTheirState() {
        List<Node> before = this.cluster.topology().nodes();
        assertThat(this.cluster.apply(backends("d", "c", "b", "e"), false)).isTrue();
        List<Node> after = this.cluster.topology().nodes();
        assertThat(after.subList(0, 3)).containsExactly(before.get(3), before.get(2), before.get(1));
        assertThat(this.cluster.generation()).isEqualTo(2);
    }

    @Test
    void aMachineThatIsReplacedKeepsItsJournal() {
        Node before = this.cluster.topology().nodes().get(0);
        before.owe(Key.of("key"), Owed.DELETE);
        Backend replacement = new Backend("a", "127.0.0.2", 'a');
        List<Backend> backends = List.of(replacement, backends("b").get(0), backends("c").get(0));
        this.cluster.apply(backends, false);
        Node after = this.cluster.topology().nodes().get(0);
        assertThat(after).isNotSameAs(before);
        assertThat(after.journal().find(Key.of("key"))).isNotNull();
    }

    @Test
    void anotherWeightIsNoOtherMachine() {
        Node before = this.cluster.topology().nodes().get(0);
        before.owe(Key.of("key"), Owed.DELETE);
        Backend heavy = new Backend("a", "127.0.0.1", 'a', 7);
        List<Backend> backends = List.of(heavy, backends("b").get(0), backends("c").get(0), backends("d").get(0));
        assertThat(this.cluster.apply(backends, false)).isTrue();
        assertThat(this.cluster.topology().nodes().get(0)).isSameAs(before);
        assertThat(this.cluster.backends()).extracting(BackendStatus::address).isEqualTo(backends);
        assertThat(before.isRetired()).isFalse();
        assertThat(before.journal().find(Key.of("key"))).isNotNull();
        assertThat(this.cluster.shares().get("a")).isGreaterThan(0.5);
    }

    @Test
    void whoeverGetsTheKeyOfABackendThatStaysOwesItsDeleteToo() {
        List<Node> before = this.cluster.topology().nodes();
        List<Key> keys = IntStream.range(0, 100).mapToObj((i) -> Key.of("key-" + i)).toList();
        keys.forEach((key) -> this.cluster.topology().owner(key).owe(key, Owed.DELETE));
        this.cluster.apply(backends("a", "b", "c", "d", "e"), false);
        keys.forEach((key) -> before.get(0).owe(key, Owed.DELETE));
        assertThat(keys).allMatch((key) -> this.cluster.topology().owner(key).journal().find(key) != null);
        this.cluster.apply(backends("a", "b", "c", "d", "f"), false);
        assertThat(keys).allMatch((key) -> this.cluster.topology().owner(key).journal().find(key) != null);
    }

    @Test
    void aGutterIsNotAmongTheBackendsItStandsInFor() {
        Backend gutter = new Backend("gutter", "127.0.0.1", 'a');
        ClusterOptions options = new ClusterOptions(NodeLocator.rendezvous(), Failover.gutter(gutter.toString()),
                JournalOverflow.SERVE, List.of(), null, null);
        assertThatIllegalArgumentException().isThrownBy(() -> router(options, "a", "b"))
            .withMessageStartingWith("backends and gutter: ")
            .withMessageContaining("gutter=127.0.0.1:97 comes twice");
        Router router = router(options, "b", "c");
        assertThatIllegalArgumentException().isThrownBy(() -> router.membership().apply(backends("a", "b"), true))
            .withMessageContaining("gutter=127.0.0.1:97 comes twice");
        List<Backend> sameName = List.of(new Backend("gutter", "127.0.0.1", 'd'));
        assertThatIllegalArgumentException().isThrownBy(() -> router.membership().apply(sameName, true))
            .withMessageContaining("gutter=127.0.0.1:97 comes twice");
        assertThat(router.membership().generation()).isOne();
        router.close(Duration.ZERO);
    }

    private Router router(ClusterOptions options, String... ids) {
        return new Router(backends(ids), options, new ClientJournals(), new MemcachedProtocol(null),
                LinkOptions.builder().build(), this.resources);
    }

    @Test
    void namesTheBackendsWhereOneIsUnknown() {
        assertThatThrownBy(() -> this.cluster.drain("x")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("backend: x (expected: one of [a=127.0.0.1:97");
    }

}
