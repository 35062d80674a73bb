package io.memlink.cluster.routing;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.memlink.cluster.BackendStatus;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.meta.Key;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Which changes of the backends are made, and which are refused.
 */
class MembershipTests {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    private final Cluster cluster = new Cluster(backends("a", "b", "c", "d"), null,
            ClusterOptions.of(NodeLocator.rendezvous()), new MemcachedProtocol(null), LinkOptions.builder().build(),
            this.resources);

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
    void refusesToLoseMoreThanHalfUnlessForced() {
        assertRefused(backends("a", "e", "f", "g"), "unless the change is forced");
        assertThat(this.cluster.apply(backends("a", "e", "f", "g"), true)).isTrue();
        assertThat(ids()).containsExactly("a", "e", "f", "g");
        assertThat(this.cluster.apply(backends("a", "e"), false)).isTrue();
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
        before.owe(Key.of("key"));
        Backend replacement = new Backend("a", "127.0.0.2", 'a');
        List<Backend> backends = List.of(replacement, backends("b").get(0), backends("c").get(0));
        this.cluster.apply(backends, false);
        Node after = this.cluster.topology().nodes().get(0);
        assertThat(after).isNotSameAs(before);
        assertThat(after.journal().find(Key.of("key"))).isNotNull();
    }

    @Test
    void namesTheBackendsWhereOneIsUnknown() {
        assertThatThrownBy(() -> this.cluster.drain("x")).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("backend: x (expected: one of [a=127.0.0.1:97");
    }

}
