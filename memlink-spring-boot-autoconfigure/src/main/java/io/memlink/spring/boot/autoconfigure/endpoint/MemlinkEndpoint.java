package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.memlink.MemlinkClient;
import io.memlink.cluster.BackendStatus;
import io.memlink.cluster.KeyRoute;
import io.memlink.cluster.Membership;
import io.memlink.placement.Backend;
import io.memlink.spring.boot.autoconfigure.endpoint.RecentEvents.Event;
import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheManager;
import io.memlink.transcoder.ValueDescription;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.Selector.Match;

/**
 * {@link Endpoint} that shows the state of the backends of all clients, and where a key
 * lives and what it has. Changes nothing, and shows no credentials. The content of values
 * is shown to those who may see it, and otherwise only what they consist of.
 *
 * @since 0.1.0
 */
@Endpoint(id = "memlink", defaultAccess = Access.READ_ONLY)
public final class MemlinkEndpoint {

    private final Map<String, MemlinkClient> clients;

    private final RecentEvents events;

    private final ServerStatistics statistics;

    private final ObjectProvider<MemlinkCacheManager> cacheManagers;

    private final KeptValues values;

    MemlinkEndpoint(Map<String, MemlinkClient> clients, RecentEvents events, ServerStatistics statistics,
            ObjectProvider<MemlinkCacheManager> cacheManagers, KeptValues values) {
        this.values = values;
        this.clients = clients;
        this.events = events;
        this.statistics = statistics;
        this.cacheManagers = cacheManagers;
    }

    /**
     * Describes all clients or, where a key is given, does as {@link #key} does.
     * @param statistics whether the servers are asked for theirs, which are at most 15
     * seconds old then; not where it is left out
     * @param cache the name of a cache
     * @param key a key; may have slashes here
     * @param securityContext who asks
     * @return what is known about them
     */
    @ReadOperation
    public OperationResponseBody read(@Nullable Boolean statistics, @Nullable String cache, @Nullable String key,
            SecurityContext securityContext) {
        if (key != null) {
            return key(new String[] { key }, cache, securityContext);
        }
        if (cache != null) {
            throw refusal(new IllegalArgumentException("key: null (expected: the key of an entry of " + cache + ")"));
        }
        return clients(statistics);
    }

    ClientsDescriptor clients(@Nullable Boolean statistics) {
        Map<String, ClientDescriptor> descriptors = new LinkedHashMap<>();
        this.clients
            .forEach((name, client) -> descriptors.put(name, describe(name, client, Boolean.TRUE.equals(statistics))));
        return new ClientsDescriptor(descriptors);
    }

    private ClientDescriptor describe(String name, MemlinkClient client, boolean statistics) {
        Membership membership = client.membership();
        Map<String, Double> shares = membership.shares();
        List<BackendDescriptor> backends = membership.backends()
            .stream()
            .map((backend) -> BackendDescriptor.of(backend, shares.get(backend.address().id())))
            .toList();
        List<BackendDescriptor> gutter = client.gutter()
            .stream()
            .map((backend) -> BackendDescriptor.of(backend, null))
            .toList();
        return new ClientDescriptor(new MembershipDescriptor(membership.generation(), membership.since()), backends,
                gutter, caches(client), this.events.events(name), statistics ? this.statistics.of(name, client) : null);
    }

    private List<CacheDescriptor> caches(MemlinkClient client) {
        return this.cacheManagers.stream()
            .filter((manager) -> manager.getClient() == client)
            .flatMap((manager) -> manager.getUsability().entrySet().stream())
            .map((cache) -> new CacheDescriptor(cache.getKey(), cache.getValue()))
            .toList();
    }

    /**
     * Tells where a key lives and what it has.
     * @param key the key as it is given to the client or, with the name of a cache, to
     * that; what stands between slashes
     * @param cache the name of a cache that was used before; may be left out
     * @param securityContext who asks
     * @return where each client would send a request for it now, and why; of a cache, the
     * same for each type that the key may have
     */
    @ReadOperation
    public OperationResponseBody key(@Selector(match = Match.ALL_REMAINING) String[] key, @Nullable String cache,
            SecurityContext securityContext) {
        String text = String.join("/", key);
        try {
            return (cache != null) ? entries(cache, text, securityContext) : routes(text, securityContext);
        }
        catch (IllegalArgumentException ex) {
            throw refusal(ex);
        }
    }

    private static InvalidEndpointRequestException refusal(IllegalArgumentException cause) {
        String reason = String.valueOf(cause.getMessage());
        return new InvalidEndpointRequestException(reason, reason, cause);
    }

    private RoutesDescriptor routes(String key, SecurityContext securityContext) {
        Map<String, RouteDescriptor> routes = new LinkedHashMap<>();
        this.clients.forEach((name, client) -> routes.put(name, route(client, key, securityContext)));
        return new RoutesDescriptor(routes);
    }

    private RouteDescriptor route(MemlinkClient client, String key, SecurityContext securityContext) {
        return RouteDescriptor.of(client.explain(key), this.values.of(client, key, securityContext));
    }

    private EntriesDescriptor entries(String name, String key, SecurityContext securityContext) {
        MemlinkCache cache = new CacheSteering(this.cacheManagers).known(name);
        Map<String, RouteDescriptor> entries = new LinkedHashMap<>();
        try {
            new EntryKeys(cache).of(key)
                .forEach((type, item) -> entries.put(type, route(cache.getNativeCache(), item, securityContext)));
        }
        catch (CompletionException ex) {
            throw new IllegalArgumentException("cache: " + name + " cannot be used now: " + ex.getCause(), ex);
        }
        return new EntriesDescriptor(name, entries);
    }

    /**
     * Description of all clients.
     *
     * @param clients by the names of their beans
     */
    public record ClientsDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

    }

    /**
     * Description of one client.
     *
     * @param membership which list of backends is in use
     * @param backends the backends
     * @param gutter those that stand in for them; empty where there are none
     * @param caches those that were asked for so far
     * @param events what happened of late, the latest first
     * @param statistics those of the servers, by the identity of the backend;
     * {@code null} where they were not asked for
     */
    public record ClientDescriptor(MembershipDescriptor membership, List<BackendDescriptor> backends,
            List<BackendDescriptor> gutter, List<CacheDescriptor> caches, List<Event> events,
            @Nullable Map<String, Map<String, String>> statistics) {

    }

    /**
     * Description of a cache.
     *
     * @param name its name
     * @param usable whether enough of the backends that keep its generation are usable;
     * otherwise all its reads are misses
     */
    public record CacheDescriptor(String name, boolean usable) {

    }

    /**
     * Description of a list of backends.
     *
     * @param generation its number
     * @param since when it came into use
     */
    public record MembershipDescriptor(long generation, Instant since) {

    }

    /**
     * Placement of a key, by client.
     *
     * @param clients by the names of their beans
     */
    public record RoutesDescriptor(Map<String, RouteDescriptor> clients) implements OperationResponseBody {

    }

    /**
     * Placement of the entries of a cache that a key may mean.
     *
     * @param cache the name of the cache
     * @param entries by the type of the key, since {@code 1} and {@code "1"} are two keys
     */
    public record EntriesDescriptor(String cache,
            Map<String, RouteDescriptor> entries) implements OperationResponseBody {

    }

    /**
     * Placement of a key by one client.
     *
     * @param encodedKey the key as it travels
     * @param hash the number it is reduced to; {@code null} where there is none
     * @param candidates the backends in the order in which they come into question
     * @param ownerState how the first of them is
     * @param journalled whether a delete of the key is still to be delivered
     * @param chosen where a request would be sent
     * @param why why it would be sent there
     * @param value the value; {@code null} where there is none, or where the backend did
     * not answer
     */
    public record RouteDescriptor(String encodedKey, @Nullable String hash, List<String> candidates, String ownerState,
            boolean journalled, String chosen, String why, @Nullable ValueDescription value) {

        static RouteDescriptor of(KeyRoute route, @Nullable ValueDescription value) {
            String hash = route.hash().isPresent() ? Long.toUnsignedString(route.hash().getAsLong()) : null;
            return new RouteDescriptor(route.encodedKey(), hash, route.candidates().stream().map(Backend::id).toList(),
                    route.ownerState().name(), route.journalled(), route.chosen().id(), route.why().name(), value);
        }

    }

    /**
     * Description of one backend.
     *
     * @param id who it is
     * @param address where it is
     * @param weight how much it bears beside the others
     * @param share which part of the keys it owns; {@code null} in the gutter
     * @param state whether it is used
     * @param since when it entered this state
     * @param version what the server calls its version; {@code null} where it was never
     * greeted
     * @param connections how many connections are usable
     * @param poolSize how many connections there should be
     * @param inFlight how many requests were written and are unanswered
     * @param pendingBytes how many bytes all requests have together that were accepted
     * and have not ended, whether they were written or not
     * @param journal deletes that are still to be delivered, and those that were lost
     * @param lastFailure the latest failure that counted against it; {@code null} where
     * there was none
     * @since 0.1.0
     */
    public record BackendDescriptor(String id, String address, int weight, @Nullable Double share, String state,
            Instant since, @Nullable String version, int connections, int poolSize, int inFlight, long pendingBytes,
            JournalDescriptor journal, @Nullable String lastFailure) {

        static BackendDescriptor of(BackendStatus backend, @Nullable Double share) {
            String failure = (backend.lastFailure() != null) ? backend.lastFailure().getMessage() : null;
            return new BackendDescriptor(backend.address().id(), backend.address().hostAndPort(),
                    backend.address().weight(), share, backend.state().name(), backend.since(), backend.version(),
                    backend.connections(), backend.poolSize(), backend.inFlight(), backend.pendingBytes(),
                    new JournalDescriptor(backend.journalDepth(), backend.journalLost()), failure);
        }

        /**
         * Journal of the deletes that a backend has missed.
         *
         * @param depth keys that it has yet to be told of
         * @param lost keys that it will never be told of
         */
        public record JournalDescriptor(int depth, long lost) {

        }

    }

}
