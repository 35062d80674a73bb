package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sends what was once sent to a real memcached, and expects the bytes that it answered.
 * What the recorded server was started with, the embedded one is started with as well.
 */
class VectorReplayTests {

    // Leaves as many seconds to the absolute date in the vectors as their normalised
    // replies say.
    private static final long START = 2_147_483_000L - 300_000_000L;

    // The latest date that a request can name.
    private static final long LATEST = 2_147_483_647L;

    // When the normalised dumps were made.
    private static final long DUMPED = 1_800_000_000L;

    private static final Map<String, String> LEFT_OUT = Map.ofEntries(
            Map.entry("stats/sizes-enable@1.6.18", "a statistic that went with 1.6.25"),
            Map.entry("tls/set-then-pipelined-large@1.6.18", "a defect that went with 1.6.39"),
            Map.entry("tls/many-sets-pipelined@1.6.18", "a defect that went with 1.6.39"),
            Map.entry("dump-watch/metadump-pipelined@1.6.18", "a dump may follow another request"),
            Map.entry("dump-watch/metadump-pipelined@newest", "a dump may follow another request"),
            Map.entry("dump-watch/watch@1.6.18", "there is no watch"),
            Map.entry("dump-watch/watch@newest", "there is no watch"),
            Map.entry("dump-watch/watch-pipelined@1.6.18", "there is no watch"),
            Map.entry("dump-watch/watch-pipelined@newest", "there is no watch"));

    private static final Set<String> NAMES_ONLY = Set.of("stats", "stats settings", "stats items", "stats slabs",
            "stats conns");

    static List<WireVector> vectors() throws IOException {
        return WireVector.load().stream().filter((vector) -> reasonAgainst(vector).isEmpty()).toList();
    }

    private static String reasonAgainst(WireVector vector) {
        if (vector.unstable()) {
            return "the recording differs from time to time";
        }
        return LEFT_OUT.getOrDefault(vector.id(), VectorServers.reasonAgainst(vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void answersLikeTheRealServer(WireVector vector) throws Exception {
        TestClock clock = new TestClock(start(vector));
        List<TestClient> others = new ArrayList<>();
        try (EmbeddedMemcached server = VectorServers.start(vector, clock)) {
            VectorServers.fill(vector, server, others);
            try (TestClient client = VectorServers.connect(vector, server)) {
                replay(vector, server, client, clock);
            }
        }
        finally {
            for (TestClient other : others) {
                other.close();
            }
        }
    }

    private static void replay(WireVector vector, EmbeddedMemcached server, TestClient client, TestClock clock)
            throws IOException {
        for (JsonNode step : vector.setup()) {
            setUp(step, vector, client, clock);
            VectorServers.limitMemory(vector, server);
        }
        long bytes = received(server);
        for (String piece : vector.writes()) {
            client.send(piece);
            bytes += piece.length();
            if (vector.writes().size() > 1) {
                awaitReceived(server, bytes);
            }
        }
        if (NAMES_ONLY.contains(vector.request().strip())) {
            String names = names(vector.response());
            assertThat(names(client.readUntil(names.substring(names.lastIndexOf('\n') + 1)))).isEqualTo(names);
            return;
        }
        String expected = vector.response();
        String received = normalised(client.read(expected.length()));
        assertThat(inOrder(vector, received)).isEqualTo(inOrder(vector, expected));
        switch (vector.text("after")) {
            case "open" -> assertThat(client.exchange("")).isEmpty();
            case "closed" -> assertThat(client.isAtEnd()).isTrue();
            case "reset" -> assertThat(client.isCutOff()).isTrue();
            case "desync" -> {
                String probe = vector.text("probe_reply");
                assertThat(client.send("mn\r\n").read(probe.length())).isEqualTo(probe);
            }
            default -> {
                // not probed when it was recorded
            }
        }
    }

    @Test
    void leavesOutFewWithAReason() throws IOException {
        Map<String, Long> leftOut = WireVector.load()
            .stream()
            .map(VectorReplayTests::reasonAgainst)
            .collect(Collectors.groupingBy((reason) -> reason, TreeMap::new, Collectors.counting()));
        assertThat(leftOut).containsExactlyInAnyOrderEntriesOf(Map.ofEntries(Map.entry("", 1_105L),
                Map.entry("there is no proxy", 39L), Map.entry("CAS ids are always given", 12L),
                Map.entry("there is no watch", 6L), Map.entry("no connection is closed for being idle", 6L),
                Map.entry("dumps are always allowed", 4L), Map.entry("flush_all is always allowed", 2L),
                Map.entry("no connection is left waiting", 2L),
                Map.entry("the recording differs from time to time", 2L),
                Map.entry("a dump may follow another request", 2L), Map.entry("a defect that went with 1.6.39", 2L),
                Map.entry("a statistic that went with 1.6.25", 1L)));
    }

    private static long start(WireVector vector) {
        return switch (vector.text("group")) {
            case "dump-watch" -> DUMPED;
            case "numeric" -> vector.id().startsWith("numeric/T-below-int-min") ? LATEST - 300_000_000L : START;
            default -> START;
        };
    }

    private static void setUp(JsonNode step, WireVector vector, TestClient client, TestClock clock) throws IOException {
        if (step.isString() && vector.arguments().contains("-Y")) {
            client.send(step.asString()).readLine();
        }
        else if (step.isString()) {
            client.exchange(step.asString());
        }
        else if (step.has("rle")) {
            client.exchange(WireVector.expand(step.path("rle")));
        }
        else {
            clock.advance(Duration.ofMillis(step.path("sleep_ms").asLong()));
        }
    }

    // What a long line does depends on how it arrives.
    private static void awaitReceived(EmbeddedMemcached server, long bytes) {
        await().until(() -> server.openConnections() == 0 || received(server) >= bytes);
    }

    private static long received(EmbeddedMemcached server) {
        return server.connections().stream().mapToLong(ClientConnection::bytesReceived).sum();
    }

    // The recorded numbers are not those of this moment.
    private static String names(String statistics) {
        return statistics.strip().lines().map((line) -> {
            String[] words = line.split(" ");
            return (words.length > 2) ? words[0] + " " + words[1].replaceFirst("^\\d+:", "") : line;
        }).collect(Collectors.joining("\n"));
    }

    // A dump has its items in the order of a table that is not the same here.
    private static String inOrder(WireVector vector, String reply) {
        return vector.text("group").equals("dump-watch") ? reply.lines().sorted().collect(Collectors.joining("\n"))
                : reply;
    }

    // The remaining time of what has expired is a negative number that wrapped around; it
    // varies.
    private static String normalised(String reply) {
        return reply.replaceAll("(?<= )t42949\\d{5}", "t4294967200");
    }

}
