package io.memlink.placement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import io.memlink.meta.Key;
import io.memlink.placement.OtherClients.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Keys live where other clients left them, and where earlier releases did. */
class PlacementTests {

    private static final int KEYS = 10_000;

    static Stream<List<Server>> unweighted() {
        return Stream.of(Server.list("10.0.0.1:11211", "10.0.0.2:11211", "10.0.0.3:11211"),
                Server.list("10.0.0.9:11211", "10.0.0.2:11212", "10.0.0.2:11213", "10.0.0.1:11211", "10.0.0.5:1"),
                Server.list("cache-1/10.0.0.1:11211", "cache-2/10.0.0.2:11211", "10.0.0.3:11211"),
                Stream.iterate(1, (i) -> i + 1).limit(50).map((i) -> Server.parse("10.1.0." + i)).toList());
    }

    static Stream<List<Server>> weighted() {
        return Stream.of(Server.list("10.0.0.1:11211*1", "10.0.0.2:11211*2", "10.0.0.3:11211*3"),
                Server.list("cache-1/10.0.0.1:11211*7", "10.0.0.2:11211*7", "10.0.0.3:11212*1", "10.0.0.4:11211*31"),
                Server.list("10.0.0.1:11211*2", "10.0.0.2:11211*2", "10.0.0.3:11211*2"));
    }

    static Stream<List<Server>> all() {
        return Stream.concat(unweighted(), weighted());
    }

    @ParameterizedTest
    @MethodSource("all")
    void ketamaSpymemcachedPlacesAsSpymemcached(List<Server> servers) {
        assertAgrees(NodeLocator.ketamaSpymemcached(), servers, OtherClients.spymemcachedKetama(servers));
    }

    @ParameterizedTest
    @MethodSource("all")
    void ketamaXmemcachedPlacesAsXmemcached(List<Server> servers) {
        assertAgrees(NodeLocator.ketamaXmemcached(), servers, OtherClients.xmemcachedKetama(servers));
    }

    @ParameterizedTest
    @MethodSource("unweighted")
    void moduloPlacesAsSpymemcached(List<Server> servers) {
        assertAgrees(NodeLocator.modulo(), servers, OtherClients.spymemcachedModulo(servers));
    }

    @ParameterizedTest
    @MethodSource("all")
    void moduloPlacesAsXmemcached(List<Server> servers) {
        assertAgrees(NodeLocator.modulo(), servers, OtherClients.xmemcachedModulo(servers));
    }

    private static void assertAgrees(NodeLocator.Factory factory, List<Server> servers, ToIntFunction<String> other) {
        NodeLocator locator = factory.create(Server.backends(servers));
        for (int i = 0; i < KEYS; i++) {
            String key = (i % 10 == 0) ? "schlüssel-\uD83D\uDE00:" + i : "user:" + i + ":profile";
            assertThat(locator.locate(Key.of(key).routingBytes())).as(key).isEqualTo(other.applyAsInt(key));
        }
    }

    @Test
    void ketamaPlacesAsLibmemcached() throws IOException {
        String[] lists = recorded().split("\n\n");
        assertThat(lists).hasSize(5);
        for (String list : lists) {
            String[] lines = list.split("\n", 2);
            List<Backend> backends = Arrays.stream(lines[0].split(" ")).map(Backend::parse).toList();
            assertThat(placement(NodeLocator.ketama(), backends)).isEqualTo(lines[1].replace("\n", ""));
        }
    }

    private static String recorded() throws IOException {
        try (InputStream in = PlacementTests.class.getResourceAsStream("/placement/libmemcached-ketama.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static String placement(NodeLocator.Factory factory, List<Backend> backends) {
        NodeLocator locator = factory.create(backends);
        StringBuilder placement = new StringBuilder();
        for (int i = 0; i < KEYS; i++) {
            placement.append((char) ('a' + locator.locate(Key.of("key:" + i).routingBytes())));
        }
        return placement.toString();
    }

    @Test
    void identityIsPlacedAndNotTheAddress() {
        List<Backend> before = Stream.of("cache-1", "cache-2", "cache-3").map(Backend::parse).toList();
        List<Backend> after = Stream.of("cache-1", "cache-2:11211=cache-9:22122", "cache-3")
            .map(Backend::parse)
            .toList();

        assertThat(placement(NodeLocator.ketama(), after)).isEqualTo(placement(NodeLocator.ketama(), before));
        assertThat(placement(NodeLocator.rendezvous(), after)).isEqualTo(placement(NodeLocator.rendezvous(), before));
    }

    @Test
    void nameWithoutItsAddressCannotBePlacedAsOtherClientsDo() {
        List<Backend> backends = List.of(Backend.parse("cache-1"));
        for (NodeLocator.Factory factory : List.of(NodeLocator.ketamaSpymemcached(), NodeLocator.ketamaXmemcached())) {
            assertThatIllegalArgumentException().isThrownBy(() -> factory.create(backends))
                .withMessage("backend: cache-1:11211 (expected: an IPv4 address, or as identity what the other"
                        + " client calls it: cache-1/<address>:11211=cache-1:11211)");
        }
    }

    @Test
    void ownLocatorsPlaceAsInEarlierReleases() {
        List<Backend> equal = List.of(Backend.parse("cache-1"), Backend.parse("cache-2"),
                Backend.parse("id-3=cache-3:11212"));
        List<Backend> weighted = List.of(Backend.parse("cache-1*2"), Backend.parse("cache-2"),
                Backend.parse("id-3=cache-3:11212*5"));

        assertThat(Stream.of(NodeLocator.rendezvous(), NodeLocator.jump())
            .flatMap((locator) -> Stream.of(equal, weighted).map((backends) -> crc(placement(locator, backends)))))
            .containsExactly("a2de675a", "b6e0133e", "b84218cb", "1aed40f9");
    }

    private static String crc(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        return Long.toHexString(crc.getValue());
    }

}
