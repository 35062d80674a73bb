package io.memlink.embedded;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

class FaultTests {

    private EmbeddedMemcached server;

    private TestClient client;

    @BeforeEach
    void connect() throws IOException {
        this.server = EmbeddedMemcached.start();
        this.client = new TestClient(this.server.address());
        this.client.exchange("ms foo 2\r\nhi\r\n");
    }

    @AfterEach
    void disconnect() throws IOException {
        this.client.close();
        this.server.close();
    }

    @Test
    void dropsAReplyAfterCarryingOutTheRequest() throws IOException {
        this.server.faults().next(Fault.dropReply());
        assertThat(this.client.exchange("md foo\r\nmg foo\r\n")).isEqualTo("EN\r\n");
    }

    @Test
    void ignoresARequestTogetherWithItsPayload() throws IOException {
        this.server.faults().next("ms", Fault.ignoreRequest());
        assertThat(this.client.exchange("ms foo 2\r\nno\r\nmg foo v\r\n")).isEqualTo("VA 2\r\nhi\r\n");
    }

    @Test
    void truncatesAReplyAndCloses() throws IOException {
        this.server.faults().next("mg", Fault.truncateAfter(7));
        this.client.send("mn\r\nmg foo v\r\nmn\r\n");
        assertThat(this.client.read(100)).isEqualTo("MN\r\nVA 2\r\nh");
    }

    @Test
    void closesInsteadOfAReply() throws IOException {
        this.server.faults().next("mg", Fault.closeConnection());
        this.client.send("mn\r\nmg foo v\r\nmn\r\n");
        assertThat(this.client.read(100)).isEqualTo("MN\r\n");
    }

    @Test
    void resetsInsteadOfAReply() throws IOException {
        this.server.faults().next("mg", Fault.resetConnection());
        this.client.send("mg foo v\r\n");
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> this.client.read(1));
    }

    @Test
    void replacesAReplyByGarbage() throws IOException {
        this.server.faults().next(Fault.garbage()).next(Fault.replaceWith("EN\r\n"));
        assertThat(this.client.exchange("mg foo v\r\nmg foo v\r\n")).contains("garbage").endsWith("\r\nEN\r\n");
    }

    @Test
    void changesTheStatus() throws IOException {
        this.server.faults().next(Fault.wrongStatus("NS"));
        assertThat(this.client.exchange("mg foo O12\r\n")).isEqualTo("NS O12\r\n");
    }

    @Test
    void changesTheOpaqueButNotItsLength() throws IOException {
        this.server.faults().next(Fault.wrongOpaque());
        assertThat(this.client.exchange("mg foo k O12\r\n")).isEqualTo("HD kfoo O02\r\n");
    }

    @Test
    void sendsAReplyTwice() throws IOException {
        this.server.faults().next(Fault.duplicateReply());
        assertThat(this.client.exchange("mg foo O1\r\n")).isEqualTo("HD O1\r\nHD O1\r\n");
    }

    @Test
    void addsALine() throws IOException {
        this.server.faults().next(Fault.extraLine("HD O9"));
        assertThat(this.client.exchange("mg foo O1\r\n")).isEqualTo("HD O1\r\nHD O9\r\n");
    }

    @Test
    void holdsRepliesOfOneConnectionUntilReleased() throws IOException {
        HoldFault hold = Fault.hold();
        this.server.faults().next("mg", hold);
        this.client.send("mg foo v\r\nmg nope\r\n");
        await().until(hold::reached);
        await().until(() -> this.server.requests("mg") == 2);
        try (TestClient other = new TestClient(this.server.address())) {
            assertThat(other.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
        }
        hold.release();
        assertThat(this.client.exchange("")).isEqualTo("VA 2\r\nhi\r\nEN\r\n");
    }

    @Test
    void holdFaultReleasedBeforeItIsReachedHoldsNothing() throws IOException {
        HoldFault hold = Fault.hold();
        hold.release();
        this.server.faults().next(hold);
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
    }

    @Test
    void waitsForTheCommandAndSkipsSuppressedReplies() throws IOException {
        this.server.faults().next("mg", Fault.wrongStatus("NF"));
        assertThat(this.client.exchange("md nope\r\nmg nope q\r\n")).isEqualTo("NF\r\n");
        assertThat(this.server.faults().pending()).isOne();
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("NF\r\n");
        assertThat(this.server.faults().pending()).isZero();
    }

    @Test
    void countsRequestsAndConnections() throws IOException {
        this.client.exchange("mg a\r\nmg b q\r\nnonsense\r\n");
        assertThat(this.server.requests("mg")).isEqualTo(2);
        assertThat(this.server.requests("md")).isZero();
        assertThat(this.server.requests()).isEqualTo(6);
        assertThat(this.server.openConnections()).isOne();
        assertThat(this.server.totalConnections()).isOne();
        this.client.close();
        await().until(() -> this.server.openConnections() == 0);
    }

    @Test
    void closesConnectionsAndGoesOn() throws IOException {
        this.server.closeConnections();
        assertThat(this.client.isAtEnd()).isTrue();
        try (TestClient next = new TestClient(this.server.address())) {
            assertThat(next.exchange("mg foo v\r\n")).isEqualTo("VA 2\r\nhi\r\n");
        }
    }

    @Test
    void stopsAcceptingAndResumes() throws IOException {
        this.server.stopAccepting();
        assertThatExceptionOfType(ConnectException.class)
            .isThrownBy(() -> new TestClient(this.server.address()).close());
        assertThat(this.client.exchange("mg foo\r\n")).isEqualTo("HD\r\n");
        this.server.resumeAccepting();
        new TestClient(this.server.address()).close();
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.truncateAfter(-1))
            .withMessage("bytes: -1 (expected: 0 or more)");
        assertThatIllegalArgumentException().isThrownBy(() -> Fault.wrongStatus("HDX"));
    }

}
