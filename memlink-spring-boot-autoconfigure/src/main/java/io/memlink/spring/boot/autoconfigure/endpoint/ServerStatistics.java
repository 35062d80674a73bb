package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import io.memlink.MemlinkClient;
import io.memlink.cluster.Membership;

/**
 * Statistics of the servers, which are requested together and kept for a while, however
 * often they are asked for. Safe for use by many threads, which wait no longer than a
 * request may take.
 */
final class ServerStatistics {

    private static final Duration KEPT = Duration.ofSeconds(15);

    private final Clock clock;

    private final Map<String, Answers> answers = new ConcurrentHashMap<>();

    ServerStatistics(Clock clock) {
        this.clock = clock;
    }

    private record Answers(Instant until, Map<String, CompletableFuture<Map<String, String>>> backends) {

    }

    /** Returns names and values by the identity of the backend, or why there are none. */
    Map<String, Map<String, String>> of(String clientName, MemlinkClient client) {
        Instant now = this.clock.instant();
        Answers current = this.answers.compute(clientName,
                (name, known) -> (known != null && now.isBefore(known.until())) ? known : ask(client, now));
        Map<String, Map<String, String>> statistics = new LinkedHashMap<>();
        current.backends().forEach((backend, answer) -> statistics.put(backend, answer.join()));
        return statistics;
    }

    private static Answers ask(MemlinkClient client, Instant now) {
        Membership membership = client.membership();
        Map<String, CompletableFuture<Map<String, String>>> backends = new LinkedHashMap<>();
        membership.shares()
            .keySet()
            .stream()
            .sorted()
            .forEach((backend) -> backends.put(backend,
                    membership.statistics(backend)
                        .handle((answer, failure) -> (failure == null) ? new TreeMap<>(answer)
                                : Map.of("failure", String.valueOf(failure.getMessage())))));
        return new Answers(now.plus(KEPT), backends);
    }

}
