package io.memlink.discovery;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.memlink.link.LinkOptions;
import io.memlink.link.LinkResources;
import io.memlink.link.Protocol;
import io.memlink.placement.Backend;

/**
 * A source of knowledge about which backends there are. Asked again and again, by one
 * client and one question at a time; whoever asks keeps the last good answer, so that a
 * failure changes nothing, nor does an empty list.
 * <p>
 * A client whose backends are the addresses of a name: <pre>{@code
 * Discovery.Factory discovery = Discovery.dns(List.of(address));
 * Duration interval = Duration.ofSeconds(30);
 * MemlinkClient client = MemlinkClient.builder().discovery(discovery, interval).build();
 * }</pre>
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Discovery extends AutoCloseable {

    /**
     * Asks for the backends as they are now; should not block. One that does keeps one
     * thread of the client and nobody else; it is not asked again before it has returned.
     * @return all backends, whose identities should stay when a machine is replaced
     */
    CompletableFuture<List<Backend>> lookup();

    /** Gives back what was held; a pending question need not be answered any more. */
    @Override
    default void close() {
    }

    /**
     * Makes a discovery for one client.
     *
     * @since 0.1.0
     */
    @FunctionalInterface
    interface Factory {

        /**
         * Makes a discovery.
         * @param protocol how the client's connections are greeted
         * @param options clocks and bounds of the client's connections
         * @param resources threads of the client, for lookups and connections
         * @return the discovery, which the client closes
         */
        Discovery create(Protocol protocol, LinkOptions options, LinkResources resources);

    }

    /**
     * Returns a discovery that takes each address of a name for one backend. An address
     * is also the identity of its backend: a machine with a new address is a new backend.
     * Where a name has addresses of both families, those of IPv4 are taken, or those of
     * IPv6 where {@code java.net.preferIPv6Addresses} is set: a host that has one of each
     * is one backend.
     * @param names each {@code name} or {@code name:port}
     * @return a factory
     * @throws IllegalArgumentException where there are none, or one has another form
     */
    static Factory dns(Collection<String> names) {
        List<Backend> parsed = DnsDiscovery.parse(names);
        return (protocol, options, resources) -> new DnsDiscovery(parsed,
                new DnsLookup(resources.resolver())::addresses);
    }

    /**
     * Returns a discovery that takes each target of an SRV record for one backend, by
     * whose name and port it is identified. Only targets of the lowest priority are used.
     * @param names full names, such as
     * {@code _memcache._tcp.memcached.default.svc.cluster.local}, or
     * {@code dns://server:port/name}
     * @return a factory
     * @throws IllegalArgumentException where there are none
     */
    static Factory srv(Collection<String> names) {
        List<String> copy = SrvDiscovery.requireNames(names);
        return (protocol, options, resources) -> new SrvDiscovery(copy, new DnsLookup(resources.resolver())::services);
    }

    /**
     * Returns a discovery that asks the configuration endpoint of ElastiCache or
     * Memorystore, and where that does not answer the nodes it told of.
     * @param endpoints each {@code host} or {@code host:port}, asked in turn
     * @return a factory
     * @throws IllegalArgumentException where there are none, or one has another form
     */
    static Factory elasticache(Collection<String> endpoints) {
        List<Backend> parsed = DnsDiscovery.parse(Objects.requireNonNull(endpoints, "endpoints"));
        return (protocol, options, resources) -> new ClusterConfigDiscovery(parsed,
                new ConfigQuestion(protocol, options, resources), new Random());
    }

    /**
     * Returns a discovery by its name in settings.
     * @param type {@code dns}, {@code srv} or {@code elasticache}
     * @param names what is asked, or asked for
     * @return a factory
     * @throws IllegalArgumentException where there is no such type, or the names do not
     * suit it
     */
    static Factory named(String type, Collection<String> names) {
        return switch (Objects.requireNonNull(type, "type")) {
            case "dns" -> dns(names);
            case "srv" -> srv(names);
            case "elasticache" -> elasticache(names);
            default -> throw new IllegalArgumentException(
                    "discovery: " + type + " (expected: static, dns, srv or elasticache)");
        };
    }

}
