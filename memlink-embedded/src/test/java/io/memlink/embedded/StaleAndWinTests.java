package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The states of an item, stale or not and win handed out or not, row by row.
 */
class StaleAndWinTests {

    private static final TestClock clock = new TestClock(1_800_000_000);

    private EmbeddedMemcached server;

    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        this.server = EmbeddedMemcached.builder().clock(clock).start();
        this.client = new TestClient(this.server.address());
    }

    @AfterEach
    void disconnect() throws IOException {
        this.client.close();
        this.server.close();
    }

    @ParameterizedTest(name = "{0}: {1} answers {2}, then {3}")
    @CsvSource({
            // state, request, its marks, the marks of a plain mg behind it
            "fresh, mg k, '', ''", "fresh, mg k R600, ' W', ' Z'", "fresh, mg k N30, '', ''", "won, mg k, ' Z', ' Z'",
            "won, mg k R600, ' Z', ' Z'", "won, mg k N30, ' Z', ' Z'", "stale, mg k, ' X W', ' Z X'",
            "stale, mg k R600, ' X W', ' Z X'", "stale, mg k N30, ' X W', ' Z X'", "stale, mg k u, ' X W', ' Z X'",
            "staleAndWon, mg k, ' Z X', ' Z X'", "staleAndWon, mg k R600, ' Z X', ' Z X'",
            "staleAndWon, mg k N30, ' Z X', ' Z X'" })
    void marksWhatItAnswers(String state, String request, String marks, String marksAfterwards) throws IOException {
        bringInto(state);
        assertThat(reply(request)).isEqualTo("HD" + marks);
        assertThat(reply("mg k")).isEqualTo("HD" + marksAfterwards);
    }

    @ParameterizedTest(name = "{0}: {1} leads to {2}")
    @CsvSource({ "staleAndWon, 'ms k 1 T100|1', ''", "staleAndWon, 'ms k 1 MR|1', ''", "staleAndWon, 'ms k 1 I|1', ''",
            "staleAndWon, 'ms k 1 MA|1', ''", "won, 'ms k 1 MP|1', ''", "staleAndWon, 'ma k', ' Z X'",
            "staleAndWon, 'ma k D100', ''", "staleAndWon, 'md k I', ' X W'", "won, 'md k I', ' X W'",
            "won, 'md k x I', ' X W'", "staleAndWon, 'md k x', ''", "staleAndWon, 'mg k T50', ' Z X'",
            "won, 'ms k 1 C1 I|1', ' Z X'", "fresh, 'ms k 1 C1 I|1', ' X W'" })
    void changesState(String state, String request, String marks) throws IOException {
        bringInto(state);
        assertThat(reply(request.replace("|", "\r\n"))).startsWith("HD");
        assertThat(reply("mg k")).isEqualTo("HD" + marks);
    }

    @Test
    void missMakesAStubThatOneClientFills() throws IOException {
        assertThat(reply("mg k N30 v t")).isEqualTo("VA 0 t30 W\r\n");
        assertThat(reply("mg k N30 v t")).isEqualTo("VA 0 t30 Z\r\n");
        assertThat(reply("ms k 1 ME\r\nx")).isEqualTo("NS");
        clock.advance(Duration.ofSeconds(30));
        assertThat(reply("mg k")).isEqualTo("EN");
    }

    @Test
    void lateWriterKeepsTheTtlOfTheItemItMarksStale() throws IOException {
        bringInto("fresh");
        assertThat(reply("ms k 1 T900 C1 I F3\r\n7")).isEqualTo("HD");
        assertThat(reply("mg k v t f")).isEqualTo("VA 1 t500 f3 X W\r\n7");
        assertThat(reply("ms k 1 C18446744073709551615 I\r\n7")).isEqualTo("EX");
    }

    @Test
    void recacheComparesStrictlyAndNeverForItemsWithoutTtl() throws IOException {
        bringInto("fresh");
        assertThat(reply("mg k R500")).isEqualTo("HD");
        assertThat(reply("mg k R0")).isEqualTo("HD");
        assertThat(reply("mg k R-1")).isEqualTo("HD");
        assertThat(reply("mg k R501")).isEqualTo("HD W");
        reply("ms k 1\r\n1");
        assertThat(reply("mg k R1000")).isEqualTo("HD");
    }

    private void bringInto(String state) throws IOException {
        reply("ms k 1 T500\r\n5");
        switch (state) {
            case "won" -> reply("mg k R600");
            case "stale" -> reply("md k I");
            case "staleAndWon" -> {
                reply("md k I");
                reply("mg k");
            }
            default -> {
                // neither
            }
        }
    }

    private String reply(String request) throws IOException {
        String reply = this.client.exchange(request + "\r\n");
        return reply.substring(0, reply.length() - 2);
    }

}
