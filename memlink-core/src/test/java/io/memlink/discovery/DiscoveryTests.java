package io.memlink.discovery;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import javax.net.ServerSocketFactory;

import io.memlink.error.MemlinkConnectionException;
import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.tls.TlsOptions;
import io.memlink.meta.classic.ClusterConfig;
import io.memlink.meta.classic.MemcachedProtocol;
import io.memlink.placement.Backend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DiscoveryTests {

    private final LinkResources resources = new LinkResources(1, LinkResources.defaultMaxBytes());

    @AfterEach
    void close() {
        this.resources.close();
    }

    @Test
    void eachAddressOfANameIsABackend() {
        Map<String, List<String>> addresses = Map.of("cache", List.of("10.0.0.1", "fd00:0:0:0:0:0:0:1"), "spare",
                List.of("10.0.0.1", "10.0.0.9"));
        Discovery discovery = new DnsDiscovery(DnsDiscovery.parse(List.of("cache", "spare:11212")),
                (name) -> CompletableFuture.completedFuture(addresses.get(name)));

        assertThat(discovery.lookup().join()).map(Backend::toString)
            .containsExactly("10.0.0.1:11211", "[fd00:0:0:0:0:0:0:1]:11211", "10.0.0.1:11212", "10.0.0.9:11212");
    }

    @Test
    void oneNameThatCannotBeLookedUpFailsTheWhole() {
        Discovery discovery = new DnsDiscovery(DnsDiscovery.parse(List.of("cache", "spare")),
                (name) -> name.equals("spare") ? CompletableFuture.failedFuture(new IllegalStateException(name))
                        : CompletableFuture.completedFuture(List.of("10.0.0.1")));

        assertThat(discovery.lookup()).isCompletedExceptionally();
    }

    @Test
    void addressesOfThisMachineAreFound() {
        assertThat(lookup(Discovery.named("dns", List.of("localhost:11213")))).contains(Backend.of("127.0.0.1", 11213));
    }

    @Test
    void targetsOfAServiceAreBackendsByTheirNames() {
        try (LoopbackDns dns = new LoopbackDns()) {
            dns.setServices("_memcache._tcp.a.test", "1 1 11212 cache-2.test", "1 1 11211 cache-1.test");
            dns.setServices("_memcache._tcp.b.test", "1 1 11211 cache-1.test");

            assertThat(lookup(Discovery.named("srv",
                    List.of(dns.url("_memcache._tcp.a.test"), dns.url("_memcache._tcp.b.test")))))
                .containsExactly(Backend.of("cache-1.test", 11211), Backend.of("cache-2.test", 11212));
        }
    }

    @Test
    void nodesOfAClusterAreToldByItsEndpoint() {
        try (ConfigEndpoint endpoint = new ConfigEndpoint(ServerSocketFactory.getDefault())) {
            endpoint.setNodes(3, "a.test|10.0.0.1|11211", "b.test||11212");

            assertThat(lookup(Discovery.named("elasticache", List.of(endpoint.address()))))
                .containsExactly(Backend.of("a.test", 11211), Backend.of("b.test", 11212));
        }
    }

    @Test
    void endpointIsAskedOverTlsWhereTheClientUsesIt(@TempDir Path directory) throws Exception {
        Path store = directory.resolve("server.p12");
        try (ConfigEndpoint endpoint = new ConfigEndpoint(ConfigEndpoint.tls(store, "changeit"))) {
            endpoint.setNodes(3, "a.test|10.0.0.1|11211");
            TlsOptions tls = TlsOptions.builder().trustStore(store, "PKCS12", "changeit").build();
            LinkOptions options = LinkOptions.builder().tls(() -> tls).build();

            assertThat(get(Discovery.elasticache(List.of(endpoint.address()))
                .create(new MemcachedProtocol(null), options, this.resources)
                .lookup())).containsExactly(Backend.of("a.test", 11211));
            assertThat(create(Discovery.elasticache(List.of(endpoint.address()))).lookup()).failsWithin(10,
                    TimeUnit.SECONDS);
        }
    }

    @Test
    void nodesAreAskedWhereTheEndpointIsGone() {
        ConfigEndpoint gone = new ConfigEndpoint(ServerSocketFactory.getDefault());
        try (ConfigEndpoint node = new ConfigEndpoint(ServerSocketFactory.getDefault())) {
            String member = node.address().replace("127.0.0.1:", "127.0.0.1||");
            gone.setNodes(1, member);
            node.setNodes(2, member, "b.test||11211");
            Discovery discovery = create(Discovery.elasticache(List.of(gone.address())));
            assertThat(get(discovery.lookup())).hasSize(1);
            gone.close();

            assertThat(get(discovery.lookup())).hasSize(2);
        }
        finally {
            gone.close();
        }
    }

    @Test
    void noEndpointAndNoNodeFailsAsTheLastDoes() {
        ConfigEndpoint gone = new ConfigEndpoint(ServerSocketFactory.getDefault());
        gone.close();

        assertThat(create(Discovery.elasticache(List.of(gone.address()))).lookup()).failsWithin(10, TimeUnit.SECONDS)
            .withThrowableThat()
            .withCauseInstanceOf(MemlinkConnectionException.class);
    }

    @Test
    void olderAnswersAreNotBelieved() {
        Map<String, ClusterConfig> answers = new ConcurrentHashMap<>();
        Discovery discovery = new ClusterConfigDiscovery(List.of(Backend.parse("endpoint")),
                (server) -> answer(answers.get(server.host())), new Random(1));
        answers.put("endpoint", config(5, "a", "b", "c"));
        List<Backend> latest = discovery.lookup().join();
        answers.put("endpoint", config(4, "a", "b"));
        answers.put("a", config(4, "a", "b"));
        answers.put("c", config(5, "a", "b", "c"));

        assertThat(discovery.lookup().join()).isEqualTo(latest).hasSize(3);
    }

    @Test
    void clusterThatWasMadeAnewCountsFromTheBeginning() {
        Map<String, ClusterConfig> answers = new ConcurrentHashMap<>();
        Discovery discovery = new ClusterConfigDiscovery(List.of(Backend.parse("endpoint")),
                (server) -> answer(answers.get(server.host())), new Random(1));
        answers.put("endpoint", config(5, "a", "b"));
        discovery.lookup().join();
        answers.put("endpoint", config(1, "x"));

        assertThat(discovery.lookup().join()).containsExactly(Backend.of("x", 11211));
    }

    @Test
    void clusterThatWasMadeAnewUnderItsOldNamesIsBelievedWhenNoNodeTellsOfTheOldOne() {
        Map<String, ClusterConfig> answers = new ConcurrentHashMap<>();
        Discovery discovery = new ClusterConfigDiscovery(List.of(Backend.parse("endpoint")),
                (server) -> answer(answers.get(server.host())), new Random(1));
        answers.put("endpoint", config(5, "a", "b", "c"));
        answers.put("b", config(5, "a", "b", "c"));
        discovery.lookup().join();
        answers.put("endpoint", config(1, "a", "b"));
        assertThat(discovery.lookup().join()).as("as long as a node tells of it").hasSize(3);
        answers.remove("b");
        answers.put("a", config(1, "a", "b"));

        assertThat(discovery.lookup().join()).hasSize(2);
        assertThat(discovery.lookup().join()).hasSize(2);
    }

    /** A server that is not there cannot be reached. */
    private static CompletableFuture<ClusterConfig> answer(ClusterConfig config) {
        return (config != null) ? CompletableFuture.completedFuture(config)
                : CompletableFuture.failedFuture(new IllegalStateException("unreachable"));
    }

    private static ClusterConfig config(long version, String... hosts) {
        return new ClusterConfig(version,
                List.of(hosts).stream().map((host) -> new ClusterConfig.Node(host, "", 11211)).toList());
    }

    @Test
    void otherTypesAndNoNamesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Discovery.named("zookeeper", List.of("a")))
            .withMessage("discovery: zookeeper (expected: static, dns, srv or elasticache)");
        for (String type : List.of("dns", "srv", "elasticache")) {
            assertThatIllegalArgumentException().isThrownBy(() -> Discovery.named(type, List.of()))
                .withMessage("names: [] (expected: at least one)");
        }
    }

    private Discovery create(Discovery.Factory factory) {
        return factory.create(new MemcachedProtocol(null), LinkOptions.builder().poolSize(4).build(), this.resources);
    }

    private List<Backend> lookup(Discovery.Factory factory) {
        return get(create(factory).lookup());
    }

    private static <T> T get(CompletableFuture<T> answer) {
        return answer.orTimeout(10, TimeUnit.SECONDS).join();
    }

}
