package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * What a test leaves behind for the next one: nothing.
 */
class ResetTests {

    private EmbeddedMemcached server;

    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        this.server = EmbeddedMemcached.start();
        this.client = new TestClient(this.server.address());
    }

    @AfterEach
    void disconnect() throws IOException {
        this.client.close();
        this.server.close();
    }

    @Test
    void refusesATimeWithWhichNothingCanBeComputed() throws IOException {
        assertThatIllegalArgumentException().isThrownBy(() -> this.server.advanceTime(ChronoUnit.FOREVER.getDuration()))
            .withMessage("time: PT2562047788015215H30M7.999999999S (expected: at most PT8760000H)");
        this.server.advanceTime(Duration.ofHours(8_760_000));
        assertThatIllegalArgumentException().isThrownBy(() -> this.server.advanceTime(Duration.ofNanos(1)))
            .withMessage("time: PT0.000000001S (expected: at most PT0S)");
        assertThat(this.client.exchange("ms foo 2 T100\r\nhi\r\nmg foo t\r\n")).isEqualTo("HD\r\nHD t100\r\n");
        this.server.reset();
        this.server.advanceTime(Duration.ofHours(8_760_000));
    }

    @Test
    void forgetsWhatIsCounted() throws IOException {
        String fresh = counts();
        this.server.limitMemory(10_000);
        for (int i = 0; i < 100; i++) {
            this.client
                .exchange("ms foo" + i + " 1000\r\n" + "x".repeat(1000) + "\r\nmg foo" + i + " v\r\nmg none\r\n");
        }
        assertThat(this.server.evictions()).isPositive();
        assertThat(counts()).isNotEqualTo(fresh);
        this.server.reset();
        assertThat(this.server.evictions()).isZero();
        assertThat(counts()).isEqualTo(fresh);
        assertThat(this.client.exchange("ms foo 2 c\r\nhi\r\n")).isEqualTo("HD c2\r\n");
    }

    private String counts() throws IOException {
        return this.client.exchange("stats\r\n")
            .lines()
            .filter((line) -> !line.matches("STAT (pid|uptime|time|rusage_\\w+|bytes_\\w+|\\w*connections) .*"))
            .reduce("", (all, line) -> all + line + "\n");
    }

    @Test
    void forgetsWhatClientsHaveSet() throws IOException {
        this.client.exchange("stats detail on\r\nlru_crawler disable\r\nset a:b 0 0 1\r\nx\r\n");
        this.server.reset();
        assertThat(this.client.exchange("set a:b 0 0 1\r\nx\r\nstats detail dump\r\n")).isEqualTo("STORED\r\nEND\r\n");
        assertThat(this.client.exchange("lru_crawler enable\r\n"))
            .isEqualTo("ERROR failed to start lru crawler thread\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "stall", "hold", "delay", "slices", "swap" })
    void sendsWhatAFaultHoldsBack(String name) throws IOException {
        this.server.faults().next(switch (name) {
            case "stall" -> Fault.stall();
            case "hold" -> Fault.hold();
            case "delay" -> Fault.delay(Duration.ofHours(1));
            case "slices" -> Fault.slices(1, Duration.ofHours(1));
            default -> Fault.swapWithNext();
        });
        this.client.send("mg foo\r\n");
        await().until(() -> this.server.faults().pending() == 0);
        this.server.reset();
        // What a stall hits is gone, as nobody waits for it.
        String before = name.equals("stall") ? "" : "EN\r\n";
        assertThat(this.client.exchange("")).isEqualTo(before);
    }

}
