package io.memlink.embedded;

import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients of other people rely on, found out on memcached 1.6.45 and 1.6.18.
 */
class RealServerBehaviourTests {

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

    @ParameterizedTest
    @CsvSource({ "get", "gets" })
    void answersAGetOfAnyLength(String command) throws IOException {
        String keys = IntStream.range(0, 10_000).mapToObj((i) -> "a-key-" + i).collect(Collectors.joining(" "));
        this.client.exchange("set a-key-5000 0 0 1\r\nx\r\n");
        assertThat(this.client.exchange(command + " " + keys + "\r\n")).startsWith("VALUE a-key-5000 0 1")
            .endsWith("x\r\nEND\r\n");
    }

    @Test
    void answersWhatIsCompleteThoughALaterPayloadIsNot() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            requests.append("set k").append(i).append(" 0 0 1\r\nx\r\n");
        }
        this.client.send(requests + "set last 0 0 100\r\nxyz");
        assertThat(this.client.read(980 * "STORED\r\n".length())).isEqualTo("STORED\r\n".repeat(980));
    }

    @Test
    void closesAConnectionThatBeginsInBinaryWhereALoginIsAsked() throws IOException {
        try (EmbeddedMemcached guarded = EmbeddedMemcached.builder().credentials("user", "pass").start();
                TestClient other = new TestClient(guarded.address())) {
            assertThat(other.send("\u0080\n" + "\0".repeat(22)).isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            set k 4294967296 0 1       | VALUE k 0 1
            set k 4294967297 0 1       | VALUE k 1 1
            set k +5 0 1               | VALUE k 5 1
            set k -0 0 1               | VALUE k 0 1
            set k 0 +5 1               | VALUE k 0 1
            set k 0 4294967296 1       | VALUE k 0 1
            """)
    void readsTheNumbersOfAClassicStoreAsLenientlyAsEver(String line, String expected) throws IOException {
        assertThat(this.client.exchange(line + "\r\nx\r\nget k\r\n"))
            .isEqualTo("STORED\r\n" + expected + "\r\nx\r\nEND\r\n");
    }

    @ParameterizedTest
    @CsvSource({ "delete K noreply", "incr K 1 noreply", "decr K 1 noreply", "touch K 1 noreply",
            "cache_memlimit 64 noreply", "cache_memlimit 1 noreply", "verbosity noreply", "shutdown noreply",
            "nonsense noreply" })
    void isSilentWhereNoReplyIsWanted(String request) throws IOException {
        assertThat(this.client.exchange(request.replace("K", "k".repeat(251)) + "\r\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cache_memlimit 1           | MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m
            cache_memlimit 32          | OK
            cache_memlimit 2000000000  | MEMLIMIT_ADJUST_FAILED input value is megabytes not bytes
            cache_memlimit x           | ERROR
            stats detail               | 'CLIENT_ERROR usage: stats detail on|off|dump'
            stats detail on            | OK
            stats cachedump 1          | CLIENT_ERROR bad command line
            stats cachedump 64 1       | CLIENT_ERROR Illegal slab id
            lru_crawler metadump x     | BADCLASS invalid class id
            lru_crawler enable         | ERROR failed to start lru crawler thread
            lru_crawler sleep 2000000  | CLIENT_ERROR sleep must be one second or less
            slabs reassign 1 1         | SAME src and dst class are identical
            lru tune 50 50 1 1         | ERROR hot and warm pcts must not exceed 80
            refresh_certs              | Error TLS not enabled
            config get cluster         | ERROR
            verbosity 1                | OK
            shutdown                   | SERVER_ERROR: shutdown not enabled
            """)
    void answersAdministrationLikeARealServer(String request, String answer) throws IOException {
        assertThat(this.client.exchange(request + "\r\n")).isEqualTo(answer + "\r\n");
    }

    @Test
    void dumpsItsItems() throws IOException {
        this.client.exchange("set a~b*c 7 0 1\r\nx\r\nms bWQz 1 b\r\nx\r\n");
        assertThat(this.client.exchange("lru_crawler metadump all\r\n")).startsWith("OK\r\n")
            .contains("key=a~b%2Ac exp=-1 la=", " fetch=no cls=1 size=69 flags=7 \n", "key=md3 exp=-1")
            .endsWith("END\r\n");
        assertThat(this.client.exchange("lru_crawler mgdump all\r\n")).contains("mg a~b*c\r\n", "mg bWQz b\r\n")
            .endsWith("EN\r\n");
        assertThat(this.client.exchange("stats cachedump 1 0\r\n")).isEqualTo("ITEM a~b*c [1 b; 0 s]\r\nEND\r\n");
    }

    @Test
    void countsByPrefixWhenAsked() throws IOException {
        this.client.exchange("stats detail on\r\nset foo:a 0 0 1\r\nx\r\nget foo:a foo:b bar\r\ndelete foo:a\r\n");
        assertThat(this.client.exchange("stats detail dump\r\n"))
            .isEqualTo("PREFIX foo get 2 hit 1 set 1 del 1\r\nEND\r\n");
    }

    @Test
    void beginsItsStatisticsAnewAfterAReset() throws IOException {
        this.client.exchange("stats detail on\r\nset a:1 0 0 1\r\nx\r\nget a:1\r\nset b 0 -1 1\r\nx\r\nget b\r\n");
        this.client.exchange("stats reset\r\n");
        assertThat(this.client.exchange("stats\r\n")).contains("STAT total_items 0\r\n", "STAT get_expired 0\r\n",
                "STAT get_hits 0\r\n", "STAT total_connections 0\r\n", "STAT curr_items 1\r\n");
        assertThat(this.client.exchange("stats detail dump\r\n")).isEqualTo("END\r\n");
        this.client.exchange("set a:1 0 0 1\r\nx\r\n");
        assertThat(this.client.exchange("stats\r\n")).contains("STAT total_items 1\r\n");
    }

    @Test
    void usesUpACasIdWithAFlushThatIsDue() throws IOException {
        assertThat(this.client.exchange("flush_all\r\nflush_all 100\r\nflush_all 1\r\nms a 1 c\r\nx\r\n"))
            .isEqualTo("OK\r\nOK\r\nOK\r\nHD c4\r\n");
    }

    @Test
    void tellsItsCluster() throws IOException {
        try (EmbeddedMemcached node = EmbeddedMemcached.builder().cluster("cache-1:11211", "cache-2:11212").start();
                TestClient other = new TestClient(node.address())) {
            assertThat(other.exchange("config get cluster\r\n"))
                .isEqualTo("CONFIG cluster 0 52\r\n1\ncache-1|cache-1|11211 cache-2|cache-2|11212\n\r\nEND\r\n"
                    .replace("52", String.valueOf("1\ncache-1|cache-1|11211 cache-2|cache-2|11212\n".length())));
        }
    }

    @Test
    void sendsOneAnswerForAllThatComesTogetherBeforeALogin() throws IOException {
        try (EmbeddedMemcached guarded = EmbeddedMemcached.builder().credentials("user", "pass").start()) {
            try (TestClient other = new TestClient(guarded.address())) {
                other.send("set x 0 0 9\r\nuser pasS\r\nversion\r\nmg foo v\r\n");
                assertThat(other.readLine()).isEqualTo("CLIENT_ERROR unauthenticated\r\n");
                assertThat(other.readsNothingYet()).isTrue();
                other.send("mg foo v\r\nset x 0 0 9\r\nuser pass\r\nmg foo\r\n");
                assertThat(other.readLine()).isEqualTo("STORED\r\n");
                assertThat(other.readLine()).isEqualTo("EN\r\n");
            }
            try (TestClient other = new TestClient(guarded.address())) {
                assertThat(other.send("version\r\nmn\r\n").isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void knowsTheFlagsOfTheReleaseItClaims() throws IOException {
        try (EmbeddedMemcached old = EmbeddedMemcached.builder().claimVersion("1.6.18").start();
                TestClient other = new TestClient(old.address())) {
            assertThat(other
                .exchange("version\r\nms foo 2 c s T4294967396\r\nhi\r\nmg foo t\r\nmd foo x\r\nms a 1 MA N0\r\nx\r\n"))
                .isEqualTo("VERSION 1.6.18\r\nHD c1\r\nHD t100\r\nCLIENT_ERROR invalid or duplicate flag\r\nNS\r\n");
        }
        assertThat(this.client.exchange("ms foo 2 c s T4294967396\r\nhi\r\nmd foo x\r\n"))
            .isEqualTo("CLIENT_ERROR bad token in command line format\r\nNF\r\n");
    }

    @Test
    void keepsWhatIsReadAndNotWhatIsCounted() throws IOException {
        this.server.limitMemory(100 * 162);
        String value = "x".repeat(100);
        this.client.exchange("ms r1 100\r\n" + value + "\r\nms n1 2\r\n10\r\n");
        for (int i = 100; i < 400; i++) {
            this.client.exchange("mg r1\r\nma n1\r\nms k" + i + " 99\r\n" + value.substring(1) + "\r\n");
        }
        assertThat(this.client.exchange("mg r1 k\r\nmg n1 k\r\n")).isEqualTo("HD kr1\r\nEN kn1\r\n");
    }

    @Test
    void doesNotTellWhatIsWrongWithAKeyToDebug() throws IOException {
        assertThat(this.client.exchange("me e1 b x\r\nme ====b b x\r\n"))
            .isEqualTo("CLIENT_ERROR bad command line format\r\n".repeat(2));
    }

    @Test
    void answeredSomeOperatorsInSpiteOfNoreply() throws IOException {
        String requests = "lru_crawler enable noreply\r\nshutdown noreply\r\nrefresh_certs noreply\r\nlru noreply\r\n";
        try (EmbeddedMemcached old = EmbeddedMemcached.builder().claimVersion("1.6.18").start();
                TestClient oldClient = new TestClient(old.address())) {
            assertThat(oldClient.exchange(requests))
                .isEqualTo("ERROR\r\nERROR: shutdown not enabled\r\nError TLS not enabled\r\n");
        }
        assertThat(this.client.exchange(requests)).isEmpty();
    }

}
