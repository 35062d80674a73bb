package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Sends what was once sent to a real memcached, and expects the bytes that it answered.
 * The newest server is the model in every group. The older one is asked too in those
 * groups where the two agree but for a few cases.
 */
class VectorReplayTests {

    // Leaves as many seconds to the absolute date in the vectors as their normalised
    // replies say.
    private static final long START = 2_147_483_000L - 300_000_000L;

    // Dumps of items and slabs, and logs of what happens: not claimed.
    private static final Set<String> GROUPS_LEFT_OUT = Set.of("dump-watch");

    private static final Set<String> LEFT_OUT = Set.of(
            // A date that the recording replaced by another one.
            "numeric/T-below-int-min@1.6.18",
            // A statistic that went with 1.6.25.
            "stats/sizes-enable@1.6.18");

    private static final Set<String> NAMES_ONLY = Set.of("stats", "stats settings", "stats items", "stats slabs",
            "stats conns");

    static List<WireVector> vectors() throws IOException {
        return WireVector.load().stream().filter(VectorReplayTests::claimed).toList();
    }

    private static boolean claimed(WireVector vector) {
        String group = vector.text("group");
        boolean replayable = vector.plain() || group.equals("auth");
        return replayable && !GROUPS_LEFT_OUT.contains(group) && !LEFT_OUT.contains(vector.id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void answersLikeTheRealServer(WireVector vector) throws IOException {
        TestClock clock = new TestClock(START);
        try (EmbeddedMemcached server = server(vector, clock); TestClient client = new TestClient(server.address())) {
            for (JsonNode step : vector.setup()) {
                setUp(step, vector, client, clock);
            }
            long received = received(server);
            for (String piece : vector.writes()) {
                client.send(piece);
                received += piece.length();
                if (vector.writes().size() > 1) {
                    awaitReceived(server, received);
                }
            }
            if (NAMES_ONLY.contains(vector.request().strip())) {
                String names = names(vector.response());
                assertThat(names(client.readUntil(names.substring(names.lastIndexOf('\n') + 1)))).isEqualTo(names);
                return;
            }
            String expected = vector.response();
            assertThat(normalised(client.read(expected.length()))).isEqualTo(expected);
            switch (vector.text("after")) {
                case "open" -> assertThat(client.exchange("")).isEmpty();
                case "closed", "reset" -> assertThat(client.isAtEnd()).isTrue();
                case "desync" -> {
                    String probe = vector.text("probe_reply");
                    assertThat(client.send("mn\r\n").read(probe.length())).isEqualTo(probe);
                }
                default -> {
                    // not probed when it was recorded
                }
            }
        }
    }

    @Test
    void leavesOutOnlyWhatExists() throws IOException {
        List<String> ids = WireVector.load().stream().map(WireVector::id).toList();
        assertThat(ids).containsAll(LEFT_OUT);
    }

    @Test
    void replaysMostOfTheVectors() throws IOException {
        List<WireVector> plain = WireVector.load().stream().filter(WireVector::plain).toList();
        assertThat(plain).filteredOn((vector) -> vector.text("server").equals("newest"))
            .filteredOn(VectorReplayTests::claimed)
            .hasSizeGreaterThan(520);
        assertThat(vectors()).hasSizeGreaterThan(1050);
    }

    private static EmbeddedMemcached server(WireVector vector, TestClock clock) {
        EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder()
            .clock(clock)
            .claimVersion(vector.text("version"));
        if (vector.text("group").equals("auth")) {
            builder.credentials("user", "pass").credentials("user2", "pass two").credentials("u3", "");
        }
        return builder.start();
    }

    private static void setUp(JsonNode step, WireVector vector, TestClient client, TestClock clock) throws IOException {
        if (step.isString() && vector.text("group").equals("auth")) {
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

    // The remaining time of what has expired is a negative number that wrapped around; it
    // varies.
    private static String normalised(String reply) {
        return reply.replaceAll("(?<= )t42949\\d{5}", "t4294967200");
    }

}
