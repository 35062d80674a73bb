package io.memlink.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients that speak only the binary protocol rely on.
 */
class BinaryProtocolTests {

    private static final String NO_EXTRAS = "";

    private static final String STORE_EXTRAS = "\0\0\0\7\0\0\0\0";

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
    void storesAndReadsTheSameItemsAsTheTextProtocol() throws IOException {
        assertThat(exchange(0x01, "foo", STORE_EXTRAS, "bar", 0)).isEqualTo("status 0 cas 2");
        assertThat(exchange(0x00, "foo", NO_EXTRAS, "", 0)).isEqualTo("status 0 cas 2 extras \0\0\0\7 value bar");
        assertThat(exchange(0x0c, "foo", NO_EXTRAS, "", 0))
            .isEqualTo("status 0 cas 2 extras \0\0\0\7 key foo value bar");
        try (TestClient text = new TestClient(this.server.address())) {
            assertThat(text.exchange("gets foo\r\n")).isEqualTo("VALUE foo 7 3 2\r\nbar\r\nEND\r\n");
        }
        assertThat(this.server.requests("set")).isOne();
    }

    @Test
    void storesNothingAtAll() throws IOException {
        assertThat(exchange(0x01, "foo", STORE_EXTRAS, "", 0)).isEqualTo("status 0 cas 2");
        assertThat(exchange(0x00, "foo", NO_EXTRAS, "", 0)).isEqualTo("status 0 cas 2 extras \0\0\0\7");
    }

    @Test
    void tellsWhyItDidNothing() throws IOException {
        assertThat(exchange(0x00, "foo", NO_EXTRAS, "", 0)).isEqualTo("status 1 value Not found");
        assertThat(exchange(0x0c, "foo", NO_EXTRAS, "", 0)).isEqualTo("status 1 key foo");
        assertThat(exchange(0x03, "foo", STORE_EXTRAS, "bar", 0)).isEqualTo("status 1 value Not found");
        exchange(0x01, "foo", STORE_EXTRAS, "bar", 0);
        assertThat(exchange(0x02, "foo", STORE_EXTRAS, "bar", 0)).isEqualTo("status 2 value Data exists for key.");
        assertThat(exchange(0x01, "foo", STORE_EXTRAS, "bar", 99)).isEqualTo("status 2 value Data exists for key.");
        assertThat(exchange(0x04, "foo", NO_EXTRAS, "", 99)).isEqualTo("status 2 value Data exists for key.");
        assertThat(exchange(0x0e, "none", NO_EXTRAS, "x", 0)).isEqualTo("status 5 value Not stored.");
        assertThat(exchange(0x05, "foo", "\0".repeat(20), "", 0))
            .isEqualTo("status 6 value Non-numeric server-side value for incr or decr");
        assertThat(exchange(0x01, "big", STORE_EXTRAS, "x".repeat(1_100_000), 0))
            .isEqualTo("status 3 value Too large.");
        assertThat(exchange(0x40, "", NO_EXTRAS, "", 0)).isEqualTo("status 129 value Unknown command");
    }

    @Test
    void countsAndCreatesCounters() throws IOException {
        String by5From10 = "\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\12\0\0\0\0";
        assertThat(exchange(0x05, "n", by5From10, "", 0)).isEqualTo("status 0 cas 2 value \0\0\0\0\0\0\0\12");
        assertThat(exchange(0x05, "n", by5From10, "", 0)).isEqualTo("status 0 cas 3 value \0\0\0\0\0\0\0\17");
        assertThat(exchange(0x06, "n", by5From10, "", 0)).endsWith("value \0\0\0\0\0\0\0\12");
        assertThat(exchange(0x06, "m", by5From10.substring(0, 16) + "\u00ff".repeat(4), "", 0))
            .isEqualTo("status 1 value Not found");
    }

    @Test
    void answersQuietRequestsOnlyWhereThereIsSomethingToTell() throws IOException {
        String requests = request(0x09, "none", NO_EXTRAS, "", 0) + request(0x11, "foo", STORE_EXTRAS, "bar", 0)
                + request(0x12, "foo", STORE_EXTRAS, "bar", 0) + request(0x0d, "foo", NO_EXTRAS, "", 0)
                + request(0x0a, "", NO_EXTRAS, "", 0);
        this.client.send(requests);
        assertThat(reply()).isEqualTo("status 2 value Data exists for key.");
        assertThat(reply()).isEqualTo("status 0 cas 2 extras \0\0\0\7 key foo value bar");
        assertThat(reply()).isEqualTo("status 0");
    }

    @Test
    void tellsStatisticsOneByOne() throws IOException {
        this.client.send(request(0x10, "settings", NO_EXTRAS, "", 0));
        assertThat(reply()).isEqualTo("status 0 key maxbytes value 67108864");
        while (!reply().equals("status 0")) {
            // an empty one is the last
        }
        assertThat(exchange(0x10, "nonsense", NO_EXTRAS, "", 0)).isEqualTo("status 1 value Not found");
        assertThat(exchange(0x10, "detail dump", NO_EXTRAS, "", 0)).isEqualTo("status 0 key detailed value END\r\n");
        assertThat(reply()).isEqualTo("status 0");
        assertThat(exchange(0x10, "conns", NO_EXTRAS, "", 0)).isEqualTo("status 1 value Not found");
        assertThat(exchange(0x0b, "", NO_EXTRAS, "", 0))
            .isEqualTo("status 0 value " + EmbeddedMemcachedBuilder.DEFAULT_VERSION);
    }

    @Test
    void passesOverTheBodyOfAnUnknownRequestTwice() throws IOException {
        this.client.send(request(0x1b, "", "\0\0\0\1", "", 0) + "\0\0\0\1" + request(0x0a, "", NO_EXTRAS, "", 0));
        assertThat(reply()).isEqualTo("status 129 value Unknown command");
        assertThat(reply()).isEqualTo("status 0");
    }

    @Test
    void staysInStepAtALoginItDoesNotKnow() throws IOException {
        String noop = request(0x0a, "", NO_EXTRAS, "", 0);
        for (int opcode : new int[] { 0x21, 0x22 }) {
            this.client.send(request(opcode, "PLAIN", NO_EXTRAS, "\0user\0password", 0) + noop);
            assertThat(reply()).isEqualTo("status 129 value Unknown command");
            assertThat(reply()).isEqualTo("status 0");
        }
        this.client.send(request(0x20, "", NO_EXTRAS, "", 0) + noop);
        assertThat(reply()).isEqualTo("status 129 value Unknown command");
        assertThat(reply()).isEqualTo("status 0");
    }

    @Test
    void closesAtALoginThatIsWrong() throws IOException {
        String[] requests = { request(0x20, "PLAIN", NO_EXTRAS, "", 0), request(0x20, "", NO_EXTRAS, "x", 0),
                request(0x21, "", NO_EXTRAS, "x", 0), request(0x22, "PLAIN", "\0\0\0\0", "x", 0) };
        for (String request : requests) {
            try (TestClient other = new TestClient(this.server.address())) {
                assertThat(other.send(request).readLine()).endsWith("Invalid arguments");
            }
        }
    }

    @Test
    void answersAndClosesWhereARequestIsWrong() throws IOException {
        assertThat(exchange(0x01, "foo", NO_EXTRAS, "bar", 0)).isEqualTo("status 4 value Invalid arguments");
        assertThat(this.client.isAtEnd()).isTrue();
    }

    @Test
    void fails() throws IOException {
        this.server.faults().next("get", Fault.serverError("busy"));
        assertThat(exchange(0x00, "foo", NO_EXTRAS, "", 0)).isEqualTo("status 132 value busy");
        this.server.faults().next("get", Fault.dropReply());
        this.client.send(request(0x00, "foo", NO_EXTRAS, "", 0));
        assertThat(exchange(0x0a, "", NO_EXTRAS, "", 0)).isEqualTo("status 0");
    }

    private String exchange(int opcode, String key, String extras, String value, long cas) throws IOException {
        this.client.send(request(opcode, key, extras, value, cas));
        return reply();
    }

    private static String request(int opcode, String key, String extras, String value, long cas) {
        ByteBuffer head = ByteBuffer.allocate(24).put((byte) 0x80).put((byte) opcode).putShort((short) key.length());
        head.put((byte) extras.length()).put((byte) 0).putShort((short) 0);
        head.putInt(extras.length() + key.length() + value.length()).putInt(1234).putLong(cas);
        return new String(head.array(), StandardCharsets.ISO_8859_1) + extras + key + value;
    }

    private String reply() throws IOException {
        ByteBuffer head = ByteBuffer.wrap(this.client.read(24).getBytes(StandardCharsets.ISO_8859_1));
        assertThat(head.get(0)).isEqualTo((byte) 0x81);
        assertThat(head.getInt(12)).isEqualTo(1234);
        int keyLength = head.getShort(2);
        String body = this.client.read(head.getInt(8));
        int keyEnd = head.get(4) + keyLength;
        return "status " + head.getShort(6) + part("cas", (head.getLong(16) != 0) ? head.getLong(16) + "" : "")
                + part("extras", body.substring(0, head.get(4))) + part("key", body.substring(head.get(4), keyEnd))
                + part("value", body.substring(keyEnd));
    }

    private static String part(String name, String text) {
        return text.isEmpty() ? "" : " " + name + " " + text;
    }

}
