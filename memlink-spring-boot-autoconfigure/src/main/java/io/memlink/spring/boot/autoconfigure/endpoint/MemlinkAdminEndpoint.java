package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.placement.Backend;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.convert.DurationStyle;

/**
 * {@link Endpoint} that operates on the clients and their caches. Off unless an
 * application allows access to it.
 *
 * @since 0.1.0
 */
@Endpoint(id = "memlinkadmin", defaultAccess = Access.NONE)
public final class MemlinkAdminEndpoint {

    private static final Logger logger = LoggerFactory.getLogger(MemlinkAdminEndpoint.class);

    private static final List<String> SETTINGS = List.of("timeToLive", "nullTimeToLive", "jitter", "staleFor",
            "recacheBefore");

    private static final List<String> ACTIONS = List.of("drain", "eject", "restore", "membership", "clear");

    private final Map<String, MemlinkClient> clients;

    private final CacheSteering caches;

    MemlinkAdminEndpoint(Map<String, MemlinkClient> clients, CacheSteering caches) {
        this.clients = clients;
        this.caches = caches;
    }

    /**
     * Acts.
     * @param action {@code drain} takes a backend out of use and {@code restore} puts it
     * back; {@code eject} takes it out until probes find it healthy; {@code membership}
     * uses other backends; {@code clear} clears a cache
     * @param client the name of the client's bean; may be left out where there is one,
     * and for the last action, which then is for the caches of all clients
     * @param backend the identity of a backend, for the first three actions
     * @param backends all backends from now on, with commas between, for the fourth
     * @param force whether more than half of the backends may go
     * @param cache the name of the cache, for the last
     * @return what was done
     */
    @WriteOperation
    public Done act(@Selector String action, @Nullable String client, @Nullable String backend,
            @Nullable String backends, @Nullable Boolean force, @Nullable String cache) {
        try {
            switch (action) {
                case "drain" -> client(client).membership().drain(required("backend", backend));
                case "eject" -> client(client).membership().eject(required("backend", backend));
                case "restore" -> client(client).membership().restore(required("backend", backend));
                case "membership" -> client(client).membership()
                    .apply(addresses(required("backends", backends)), Boolean.TRUE.equals(force));
                case "clear" -> this.caches.clear(required("cache", cache), ofCache(client));
                default ->
                    throw new IllegalArgumentException("action: " + action + " (expected: one of " + ACTIONS + ")");
            }
        }
        catch (IllegalArgumentException ex) {
            throw refusal(ex);
        }
        logger.info("memlinkadmin: {}{}{}{}{}{}", action, told(" client ", client), told(" backend ", backend),
                told(" backends ", backends), Boolean.TRUE.equals(force) ? " by force" : "", told(" cache ", cache));
        return new Done(action);
    }

    private static String told(String name, @Nullable Object value) {
        return (value != null) ? name + value : "";
    }

    /**
     * Changes how a cache behaves from now on, until the application is restarted. Times
     * are such as {@code 5m} or {@code PT5M}; what is left out stays as it is.
     * @param kind {@code cache}
     * @param name the name of the cache
     * @param client the name of the client's bean; may be left out for the caches of all
     * clients
     * @param timeToLive how long entries live that are put from now on
     * @param nullTimeToLive how long {@code null} lives
     * @param jitter the largest part by which the time to live is shortened
     * @param staleFor how long entries can be read beyond their time to live
     * @param recacheBefore how long before their end entries are loaded again
     * @return what was done
     */
    @WriteOperation
    public Done configure(@Selector String kind, @Selector String name, @Nullable String client,
            @Nullable String timeToLive, @Nullable String nullTimeToLive, @Nullable Double jitter,
            @Nullable String staleFor, @Nullable String recacheBefore) {
        try {
            if (!kind.equals("cache")) {
                throw new IllegalArgumentException("kind: " + kind + " (expected: cache)");
            }
            if (Stream.of(timeToLive, nullTimeToLive, jitter, staleFor, recacheBefore).allMatch(Objects::isNull)) {
                throw new IllegalArgumentException("change: none (expected: one or more of " + SETTINGS + ")");
            }
            this.caches.reconfigure(name, ofCache(client), (cache) -> {
                set("timeToLive", timeToLive, cache::timeToLive);
                set("nullTimeToLive", nullTimeToLive, cache::nullTimeToLive);
                set("staleFor", staleFor, cache::staleFor);
                set("recacheBefore", recacheBefore, cache::recacheBefore);
                return (jitter != null) ? cache.jitter(jitter) : cache;
            });
        }
        catch (IllegalArgumentException ex) {
            throw refusal(ex);
        }
        logger.info("memlinkadmin: cache {}{} has{}{}{}{}{} from now on", name, told(" of client ", client),
                told(" timeToLive=", timeToLive), told(" nullTimeToLive=", nullTimeToLive), told(" jitter=", jitter),
                told(" staleFor=", staleFor), told(" recacheBefore=", recacheBefore));
        return new Done(kind);
    }

    private static void set(String name, @Nullable String time, Consumer<Duration> setting) {
        if (time == null) {
            return;
        }
        Duration duration;
        try {
            duration = DurationStyle.detectAndParse(time);
        }
        catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException(name + ": " + time + " (expected: a time such as 5m)", ex);
        }
        setting.accept(duration);
    }

    private static InvalidEndpointRequestException refusal(IllegalArgumentException cause) {
        String reason = String.valueOf(cause.getMessage());
        return new InvalidEndpointRequestException(reason, reason, cause);
    }

    private MemlinkClient client(@Nullable String name) {
        MemlinkClient client = (name != null) ? this.clients.get(name)
                : (this.clients.size() == 1) ? this.clients.values().iterator().next() : null;
        if (client == null) {
            throw new IllegalArgumentException("client: " + name + " (expected: one of " + this.clients.keySet() + ")");
        }
        return client;
    }

    private @Nullable MemlinkClient ofCache(@Nullable String client) {
        return (client != null) ? client(client) : null;
    }

    private static String required(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a value for this action)");
        }
        return value;
    }

    private static List<Backend> addresses(String backends) {
        return Arrays.stream(backends.split(",")).map(Backend::parse).toList();
    }

    /**
     * Confirmation of an action.
     *
     * @param done the action
     */
    public record Done(String done) implements OperationResponseBody {

    }

}
