package io.memlink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.memlink.cluster.Failover;
import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.error.MemlinkConnectionException;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaSet;
import io.memlink.placement.Backend;
import io.memlink.placement.NodeLocator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Where copies of an item are kept.
 */
class KeyCopiesIntegrationTests {

    private static MemlinkClient client(String locator, List<String> ids) {
        // Nobody listens there, and nobody has to.
        return MemlinkClient.builder()
            .locator(NodeLocator.named(locator))
            .backends(ids.stream().map((id) -> id + "=127.0.0.1:" + (1 + ids.indexOf(id))).toArray(String[]::new))
            .build();
    }

    private static List<String> places(MemlinkClient client, String key) {
        return ((RoutedKeyCopies) client.copies(key, 3)).backends();
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama", "jump" })
    void areOnDifferentBackendsOfWhichTheFirstOwnsTheKey(String locator) {
        try (MemlinkClient client = client(locator, List.of("a", "b", "c", "d", "e"))) {
            Set<List<String>> places = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                String key = "key" + i;
                assertThat(places(client, key)).hasSize(3)
                    .doesNotHaveDuplicates()
                    .first()
                    .isEqualTo(client.explain(key).candidates().get(0).id());
                places.add(places(client, key));
            }
            assertThat(places).as("spread").hasSizeGreaterThan(15);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rendezvous", "ketama" })
    void aBackendThatComesOrGoesChangesOneAtMost(String locator) {
        try (MemlinkClient few = client(locator, List.of("a", "b", "c", "d"));
                MemlinkClient more = client(locator, List.of("a", "b", "c", "d", "e"))) {
            for (int i = 0; i < 200; i++) {
                List<String> stayed = new ArrayList<>(places(few, "key" + i));
                stayed.retainAll(places(more, "key" + i));
                assertThat(stayed).hasSizeGreaterThanOrEqualTo(2);
            }
        }
    }

    @Test
    void areNotReadInTheGutter() {
        EmbeddedMemcached owner = EmbeddedMemcached.start();
        try (owner;
                EmbeddedMemcached gutter = EmbeddedMemcached.start();
                MemlinkClient client = MemlinkClient.builder()
                    .backends("127.0.0.1:" + owner.port())
                    .failover(Failover.gutter("127.0.0.1:" + gutter.port()))
                    .build()) {
            KeyCopies copies = client.copies("key", 3);
            assertThat(copies.count()).isOne();
            copies.send(0, MetaSet.builder(Key.of("key"), new byte[] { 1 }).build()).join();
            assertThat(copies.send(0, MetaGet.value(Key.of("key"))).join()).isInstanceOf(Hit.class);
            stop(owner);
            await().until(() -> !copies.isUsable(0));
            assertThatThrownBy(() -> copies.send(0, MetaGet.value(Key.of("key"))).join())
                .hasCauseInstanceOf(MemlinkConnectionException.class);
        }
    }

    private static void stop(EmbeddedMemcached server) {
        server.close();
    }

    @Test
    void areOutdatedByAChangeOfTheBackends() {
        try (MemlinkClient client = client("rendezvous", List.of("a", "b"))) {
            KeyCopies copies = client.copies("key", 3);
            assertThat(copies.isCurrent()).isTrue();
            client.membership().apply(List.of(Backend.parse("a=127.0.0.1:1")), true);
            assertThat(copies.isCurrent()).isFalse();
            assertThat(client.copies("key", 3).count()).isOne();
        }
    }

    @Test
    void thereIsAtLeastOne() {
        try (MemlinkClient client = client("rendezvous", List.of("a", "b"))) {
            assertThatThrownBy(() -> client.copies("key", 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("atMost: 0");
        }
    }

}
