package io.memlink.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class EmbeddedMemcachedTests {

    @Test
    void listensOnAFreeLoopbackPort() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            assertThat(server.port()).isPositive();
            assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        }
    }

    @Test
    void closesTwiceAndStartsAgainOnTheSamePort() throws IOException {
        EmbeddedMemcached first = EmbeddedMemcached.start();
        int port = first.port();
        try (TestClient client = new TestClient(first.address())) {
            client.exchange("ms foo 2\r\nhi\r\n");
            first.close();
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThatNoException().isThrownBy(first::close);
        try (EmbeddedMemcached second = EmbeddedMemcached.builder().port(port).start();
                TestClient client = new TestClient(second.address())) {
            assertThat(client.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
        }
    }

    @Test
    void refusesAPortThatIsTaken() {
        try (EmbeddedMemcached server = EmbeddedMemcached.start()) {
            EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder().port(server.port());
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(builder::start)
                .withMessage("port: %d (expected: free)", server.port());
        }
    }

    @Test
    void refusesSettingsThatMakeNoSense() {
        EmbeddedMemcachedBuilder builder = EmbeddedMemcached.builder();
        assertThatIllegalArgumentException().isThrownBy(() -> builder.port(65536))
            .withMessage("port: 65536 (expected: 0 to 65535)");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxItemBytes(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.firstCas(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.version("1 2"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.credentials("a b", "c"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.maxBytes(100).maxItemBytes(101).start());
    }

    @Test
    void showsStatisticsAndSettings() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().maxItemBytes(2000).start();
                TestClient client = new TestClient(server.address())) {
            client.exchange("ms foo 2\r\nhi\r\nmg foo v\r\nmg nope\r\nmd foo\r\n");
            String stats = client.exchange("stats\r\n");
            for (String name : new String[] { "pid", "uptime", "time", "version", "curr_items", "total_items", "bytes",
                    "curr_connections", "total_connections", "cmd_get", "cmd_set", "get_hits", "get_misses",
                    "evictions", "limit_maxbytes", "threads", "cmd_touch", "delete_hits", "incr_hits" }) {
                assertThat(stats).contains("STAT " + name + " ");
            }
            assertThat(stats).contains("STAT cmd_get 2\r\n", "STAT get_hits 1\r\n", "STAT delete_hits 1\r\n",
                    "STAT total_items 1\r\n", "STAT curr_items 0\r\n", "STAT bytes 0\r\n");
            assertThat(stats).endsWith("END\r\n");
            assertThat(client.exchange("stats settings\r\n")).contains("STAT item_size_max 2000\r\n");
            assertThat(client.exchange("stats reset\r\n")).isEqualTo("RESET\r\n");
            assertThat(client.exchange("stats\r\n")).contains("STAT cmd_get 0\r\n");
            assertThat(client.exchange("version\r\n")).matches("VERSION 1\\.6\\.45\r\n");
        }
    }

    @Test
    void evictsTheLeastRecentlyUsedFirst() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().maxBytes(3 * 162).maxItemBytes(162).start();
                TestClient client = new TestClient(server.address())) {
            String value = "x".repeat(100);
            client.exchange("ms k1 100 q\r\n" + value + "\r\nms k2 100 q\r\n" + value + "\r\nms k3 100 q\r\n" + value
                    + "\r\nmg k1\r\nms k4 100 q\r\n" + value + "\r\n");
            assertThat(client.exchange("mg k1 k\r\nmg k2 k\r\nmg k3 k\r\nmg k4 k\r\n"))
                .isEqualTo("HD kk1\r\nEN kk2\r\nHD kk3\r\nHD kk4\r\n");
            assertThat(client.exchange("stats\r\n")).contains("STAT evictions 1\r\n");
        }
    }

    @Test
    void dropsTheOldItemWhenTheNewOneIsTooLarge() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().maxItemBytes(100).start();
                TestClient client = new TestClient(server.address())) {
            assertThat(client
                .exchange("ms a 40\r\n" + "x".repeat(40) + "\r\nms a 41 q O1\r\n" + "x".repeat(41) + "\r\nmg a\r\n"))
                .isEqualTo("HD\r\nSERVER_ERROR object too large for cache\r\nEN\r\n");
        }
    }

    @Test
    void movesWithTheClockItIsGiven() throws IOException {
        TestClock clock = new TestClock(1_800_000_000);
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().clock(clock).start();
                TestClient client = new TestClient(server.address())) {
            client.exchange("ms foo 2 T10\r\nhi\r\nflush_all 100\r\nms bar 2\r\nhi\r\n");
            clock.advance(Duration.ofSeconds(9));
            assertThat(client.exchange("mg foo t\r\n")).isEqualTo("HD t1\r\n");
            clock.advance(Duration.ofSeconds(1));
            assertThat(client.exchange("mg foo t\r\nmg bar\r\n")).isEqualTo("EN\r\nHD\r\n");
            clock.advance(Duration.ofSeconds(90));
            assertThat(client.exchange("mg bar\r\n")).isEqualTo("EN\r\n");
        }
    }

    @Test
    void closesAConnectionWhoseLineIsTooLong() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                TestClient client = new TestClient(server.address())) {
            client.send("mg " + "k".repeat(2046));
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void swallowsAPayloadOfAnyAnnouncedLengthWithoutKeepingIt() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                TestClient client = new TestClient(server.address())) {
            byte[] chunk = new byte[1024 * 1024];
            client.send("ms foo " + 64 * chunk.length + "\r\n");
            for (int i = 0; i < 64; i++) {
                client.send(chunk);
            }
            assertThat(client.exchange("\r\n")).isEqualTo("SERVER_ERROR object too large for cache\r\n");
        }
    }

    @Test
    void answersTheSameHoweverTheBytesAreCut() throws IOException {
        String requests = "ms foo 5 O1 c\r\nhe\r\nl\r\nmg foo v O2\r\nms bar 3 Z\r\nabc\r\nmd nope q\r\n";
        String expected = "HD O1 c2\r\nVA 5 O2\r\nhe\r\nl\r\nCLIENT_ERROR invalid flag\r\nNF\r\n";
        Random random = new Random(42);
        for (int round = 0; round < 20; round++) {
            try (EmbeddedMemcached server = EmbeddedMemcached.start();
                    TestClient client = new TestClient(server.address())) {
                int position = 0;
                while (position < requests.length()) {
                    int end = Math.min(position + 1 + random.nextInt(10), requests.length());
                    client.send(requests.substring(position, end));
                    position = end;
                }
                assertThat(client.exchange("")).isEqualTo(expected);
            }
        }
    }

    @Test
    void doesNotAnswerAnythingWhileAPayloadIsIncomplete() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.start();
                TestClient client = new TestClient(server.address())) {
            client.send("mg foo\r\nms foo 4\r\nab");
            assertThat(client.readsNothingYet()).isTrue();
            assertThat(client.exchange("cd\r\n")).isEqualTo("EN\r\nHD\r\n");
        }
    }

    @Test
    void asksForALoginOnEachConnection() throws IOException {
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().credentials("user", "secret word").start()) {
            for (int i = 0; i < 2; i++) {
                try (TestClient client = new TestClient(server.address())) {
                    assertThat(client.send("version\r\n").readLine()).isEqualTo("CLIENT_ERROR unauthenticated\r\n");
                    assertThat(client.send("set x 0 0 16\r\nuser secret word\r\n").readLine()).isEqualTo("STORED\r\n");
                    assertThat(client.exchange("mg foo\r\n")).isEqualTo("EN\r\n");
                }
            }
        }
    }

}
