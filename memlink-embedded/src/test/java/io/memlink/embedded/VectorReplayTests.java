package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sends what was once sent to a real memcached, and expects the bytes that it answered.
 * The newest server is the model in every group. The older one is asked too in those
 * groups where the two agree but for a few cases.
 */
class VectorReplayTests {

    // Leaves as many seconds to the absolute date in the vectors as their normalised
    // replies say.
    private static final long START = 2_147_483_000L - 300_000_000L;

    private static final Set<String> GROUPS_OF_1_6_18 = Set.of("mg", "md", "ma", "cas", "flag-matrix", "quiet",
            "opaque", "base64", "ttl", "stale-win", "value-size", "pipeline", "values");

    // Dumps of items and slabs, and logs of what happens: not claimed.
    private static final Set<String> GROUPS_LEFT_OUT = Set.of("dump-watch");

    private static final Set<String> LEFT_OUT = Set.of(
            // The binary protocol.
            "framing/binary-first-byte@newest",
            // Real servers count the bytes received without a line feed, so it depends on
            // segments whether a line is
            // too long, and exempt "get". Here 2048 bytes are the limit for every line.
            "line-limits/long-spaces-whole@newest", "line-limits/no-newline-2048@newest",
            "line-limits/get-multi-20000@newest",
            // Memory classes, the crawler, and certificates: nothing here has any.
            "admin/memlimit-bytes@newest", "admin/memlimit-noreply@newest", "admin/slabs-reassign@newest",
            "admin/slabs-automove@newest", "admin/lru-mode@newest", "admin/refresh-certs@newest", "admin/crawl@newest",
            "admin/crawler-sleep@newest", "admin/crawler-tocrawl@newest",
            // Numbers of a real server's inside.
            "stats/general@newest", "stats/items@newest", "stats/slabs@newest", "stats/conns@newest",
            "stats/detail@newest", "stats/cachedump-bad@newest",
            // Users other than the one an embedded server has.
            "auth/password-with-space@newest", "auth/empty-password@newest",
            // Before 1.6.27: flags E and x are unknown, and a failed attempt uses up no
            // CAS id.
            "md/x@1.6.18", "md/x-miss@1.6.18", "md/E-plain@1.6.18", "flag-matrix/mg-upper-E@1.6.18",
            "flag-matrix/ms-upper-E@1.6.18", "flag-matrix/ma-upper-E@1.6.18", "flag-matrix/ma-lower-x@1.6.18",
            "cas/failed-ops-burn-ids.04@1.6.18", "stale-win/stale-cas-bump.05@1.6.18",
            "stale-win/stale-cas-bump.06@1.6.18",
            // Before 1.6.20: ms does not return s.
            "flag-matrix/ms-lower-s@1.6.18",
            // Before 1.6.40: other error texts, modes of one letter, the limit for base64
            // keys, ma with q and N.
            "md/unknown-flag@1.6.18", "ma/mode-word@1.6.18", "base64/187-bytes-ms@1.6.18", "quiet/ma-viv@1.6.18",
            "quiet/pipeline-ma-error@1.6.18");

    static List<WireVector> vectors() throws IOException {
        return WireVector.load().stream().filter(VectorReplayTests::claimed).toList();
    }

    private static boolean claimed(WireVector vector) {
        String group = vector.text("group");
        boolean newest = vector.text("server").equals("newest");
        boolean replayable = vector.plain() || (newest && group.equals("auth"));
        return replayable && (newest || GROUPS_OF_1_6_18.contains(group)) && !GROUPS_LEFT_OUT.contains(group)
                && !LEFT_OUT.contains(vector.id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void answersLikeTheRealServer(WireVector vector) throws IOException {
        TestClock clock = new TestClock(START);
        try (EmbeddedMemcached server = server(vector, clock); TestClient client = new TestClient(server.address())) {
            for (JsonNode step : vector.setup()) {
                setUp(step, vector, client, clock);
            }
            for (String piece : vector.writes()) {
                client.send(piece);
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
            .hasSizeGreaterThan(500);
        assertThat(vectors()).hasSizeGreaterThan(750);
    }

    private static EmbeddedMemcached server(WireVector vector, TestClock clock) {
        EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder()
            .clock(clock)
            .version(vector.text("version"))
            .firstCas(vector.text("server").equals("newest") ? 2 : 1);
        return vector.text("group").equals("auth") ? builder.credentials("user", "pass").start() : builder.start();
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

    // The remaining time of what has expired is a negative number that wrapped around; it
    // varies.
    private static String normalised(String reply) {
        return reply.replaceAll("(?<= )t42949\\d{5}", "t4294967200");
    }

}
