package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Faults of single replies, of one connection and of the whole server.
 */
class MoreFaultTests {

    private EmbeddedMemcached server;

    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        this.server = EmbeddedMemcached.start();
        this.client = new TestClient(this.server.address());
        this.client.exchange("ms foo 5\r\nhello\r\n");
    }

    @AfterEach
    void disconnect() throws IOException {
        this.client.close();
        this.server.close();
    }

    @Test
    void refusesARequestWithoutCarryingItOut() throws IOException {
        this.server.faults().next("ms", Fault.serverError("out of memory"));
        assertThat(this.client.exchange("ms foo 2\r\nhi\r\nmg foo v\r\n"))
            .isEqualTo("SERVER_ERROR out of memory\r\nVA 5\r\nhello\r\n");
        this.server.faults().next("md", Fault.serverError("busy"));
        assertThat(this.client.exchange("md foo q\r\n")).isEqualTo("SERVER_ERROR busy\r\n");
    }

    @Test
    void failsTheReplyThatIsCounted() throws IOException {
        this.server.faults().nth("mg", 3, Fault.wrongStatus("NF")).nth(2, Fault.dropReply());
        assertThat(this.client.exchange("mg foo\r\nmg foo O1\r\nmg foo\r\n")).isEqualTo("HD\r\nNF\r\n");
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
        assertThat(this.server.faults().pending()).isZero();
    }

    @Test
    void failsAlwaysUntilCleared() throws IOException {
        this.server.faults().always("mg", Fault.replaceWith("EN\r\n"));
        assertThat(this.client.exchange("mg foo\r\nmg foo\r\n")).isEqualTo("EN\r\nEN\r\n");
        this.server.faults().clear();
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
    }

    @Test
    void failsOneConnectionAndNotTheOthers() throws IOException {
        try (TestClient other = new TestClient(this.server.address())) {
            other.exchange("");
            assertThat(this.server.connections()).hasSize(2);
            ClientConnection second = this.server.connections().get(1);
            assertThat(second.id()).isEqualTo(2);
            second.faults().next(Fault.replaceWith("EN\r\n"));
            assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
            assertThat(other.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
            second.close();
            assertThat(other.isAtEnd()).isTrue();
            assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
        }
    }

    @Test
    void changesBytesOfAReply() throws IOException {
        this.server.faults().next(Fault.corrupt());
        assertThat(this.client.exchange("mg foo v\r\n")).isEqualTo("VA 5\r\nHello\r\n");
        this.server.faults().next(Fault.corrupt());
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("hD\r\n");
        this.server.faults().next(Fault.wrongLength(-1));
        assertThat(this.client.exchange("mg foo v\r\n")).isEqualTo("VA 4\r\nhello\r\n");
        this.server.faults().next(Fault.wrongLength(2));
        assertThat(this.client.exchange("get foo\r\n")).isEqualTo("VALUE foo 0 7\r\nhello\r\nEND\r\n");
        this.server.faults().next(Fault.insert(2, "??"));
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD??\r\n");
    }

    @Test
    void swapsTwoReplies() throws IOException {
        this.server.faults().next("mg", Fault.swapWithNext());
        assertThat(this.client.exchange("mg foo O1\r\nmg foo O2\r\n")).isEqualTo("HD O2\r\nHD O1\r\n");
    }

    @Test
    void sendsSlices() throws IOException {
        this.server.faults().next("mg", Fault.slices(3, Duration.ofMillis(1)));
        assertThat(this.client.exchange("mg foo v O1\r\nmg foo\r\n")).isEqualTo("VA 5 O1\r\nhello\r\nHD\r\n");
    }

    @Test
    void delaysAReplyAndWhatFollows() throws IOException {
        this.server.faults().next("mg", Fault.delay(Duration.ofMillis(200), Duration.ofMillis(20)));
        long start = System.nanoTime();
        assertThat(this.client.exchange("mg foo O1\r\nmg foo O2\r\n")).isEqualTo("HD O1\r\nHD O2\r\n");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(190));
    }

    @Test
    void stallsAConnectionForGood() throws IOException {
        this.server.faults().next("mg", Fault.stall());
        this.client.send("mg foo\r\nmn\r\n");
        assertThat(this.client.readsNothingYet()).isTrue();
        await().until(() -> this.server.requests("mn") > 1);
    }

    @Test
    void endsItsSideOfAConnectionAndGoesOnReading() throws IOException {
        this.server.faults().next("mg", Fault.halfClose());
        assertThat(this.client.send("mg foo\r\n").readLine()).isEqualTo("HD\r\n");
        assertThat(this.client.isAtEnd()).isTrue();
        this.client.send("ms bar 1\r\nx\r\n");
        await().until(() -> this.server.item("bar").isPresent());
    }

    @Test
    void standsStillAndGoesOn() throws IOException {
        this.server.freeze();
        this.client.send("mg foo\r\n");
        assertThat(this.client.readsNothingYet()).isTrue();
        this.server.thaw();
        assertThat(this.client.readLine()).isEqualTo("HD\r\n");
    }

    @Test
    void hasNoMemoryWhenTold() throws IOException {
        this.server.outOfMemory(true);
        assertThat(this.client.exchange("ms foo 1\r\nx\r\nset bar 0 0 1\r\nx\r\nmg foo\r\n"))
            .isEqualTo("SERVER_ERROR out of memory storing object\r\nSERVER_ERROR out of memory storing object\r\n"
                    + "EN\r\n");
        this.server.outOfMemory(false);
        assertThat(this.client.exchange("ms foo 1\r\nx\r\n")).isEqualTo("HD\r\n");
    }

    @Test
    void evictsWhenItsMemoryShrinks() throws IOException {
        for (int i = 0; i < 100; i++) {
            this.client.exchange("ms key" + i + " 1000\r\n" + "x".repeat(1000) + "\r\n");
        }
        this.server.limitMemory(20_000);
        assertThat(this.server.items()).hasSizeBetween(15, 20);
        assertThat(this.server.storedBytes()).isLessThanOrEqualTo(20_000);
        assertThat(this.server.evictions()).isGreaterThan(79);
    }

    @Test
    void showsItemsWithoutUsingThem() throws IOException {
        this.client.exchange("ms foo 2 T100 F7\r\nhi\r\n");
        StoredItem item = this.server.item("foo").orElseThrow();
        assertThat(item.text()).isEqualTo("hi");
        assertThat(item.clientFlags()).isEqualTo(7);
        assertThat(item.timeToLive()).contains(Duration.ofSeconds(100));
        assertThat(item.stores()).isEqualTo(2);
        assertThat(item.fetched()).isFalse();
        assertThat(this.client.exchange("mg foo h\r\n")).isEqualTo("HD h0\r\n");
        this.server.advanceTime(Duration.ofSeconds(100));
        assertThat(this.server.item("foo")).isEmpty();
        assertThat(this.server.items()).isEmpty();
    }

    @Test
    void sendsAReplyThatNoOtherOvertakesBeforeTheEnd() throws IOException {
        this.server.faults().next(Fault.swapWithNext());
        this.client.send("mg none\r\nquit\r\n");
        assertThat(this.client.readLine()).isEqualTo("EN\r\n");
        assertThat(this.client.isAtEnd()).isTrue();
    }

    @Test
    void refusesFaultsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.slices(0, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> this.server.faults().nth(0, Fault.dropReply()))
            .withMessage("number: 0 (expected: 1 or more)");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.insert(-1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> this.server.limitMemory(0));
        assertThatIllegalArgumentException().isThrownBy(() -> this.server.advanceTime(Duration.ofSeconds(-1)));
    }

}
