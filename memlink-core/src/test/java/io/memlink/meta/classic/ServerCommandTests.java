package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.memlink.error.MemlinkProtocolException;
import io.memlink.error.MemlinkServerException;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.Key;
import io.memlink.meta.classic.ServerCommands.DumpedItem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerCommandTests {

    private static String text(Request<?> request) {
        return new String(LinkTesting.encode(request, null), StandardCharsets.ISO_8859_1);
    }

    /** Decodes a reply that arrives byte by byte. */
    private static <R> R decode(Request<R> request, String reply) {
        byte[][] pieces = new byte[reply.length()][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = new byte[] { (byte) reply.charAt(i) };
        }
        return LinkTesting.decode(request.decoder(), pieces);
    }

    @Test
    void areTheLinesOfTheProtocol() {
        assertThat(text(ServerCommands.version())).isEqualTo("version\r\n");
        assertThat(text(ServerCommands.stats())).isEqualTo("stats\r\n");
        assertThat(text(ServerCommands.stats("cachedump 1 100"))).isEqualTo("stats cachedump 1 100\r\n");
        assertThat(text(ServerCommands.resetStats())).isEqualTo("stats reset\r\n");
        assertThat(text(ServerCommands.flushAll())).isEqualTo("flush_all\r\n");
        assertThat(text(ServerCommands.flushAll(Duration.ofMillis(1500)))).isEqualTo("flush_all 2\r\n");
        assertThat(text(ServerCommands.verbosity(1))).isEqualTo("verbosity 1\r\n");
        assertThat(text(ServerCommands.cacheMemlimit(64))).isEqualTo("cache_memlimit 64\r\n");
        assertThat(text(ServerCommands.clusterConfig())).isEqualTo("config get cluster\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "reset", "items\r\nflush_all", "Items", " items", "a  b" })
    void refuseOtherArguments(String arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCommands.stats(arguments))
            .withMessageStartingWith("stats: ");
    }

    @Test
    void refuseNumbersThatMakeNoSense() {
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCommands.flushAll(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCommands.flushAll(Duration.ofDays(31)));
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCommands.verbosity(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> ServerCommands.cacheMemlimit(0));
    }

    @Test
    void readStatistics() {
        assertThat(decode(ServerCommands.stats(), "STAT pid 7\r\nSTAT version 1.6.45\r\nSTAT empty\r\nEND\r\n"))
            .containsEntry("pid", "7")
            .containsEntry("version", "1.6.45")
            .containsEntry("empty", "");
        assertThat(decode(ServerCommands.stats("sizes"), "END\r\n")).isEmpty();
        assertThat(decode(ServerCommands.stats("detail on"), "OK\r\n")).isEmpty();
        assertThat(decode(ServerCommands.stats("cachedump 1 1"), "ITEM foo [2 b; 0 s]\r\nEND\r\n")).containsEntry("foo",
                "[2 b; 0 s]");
        assertThat(decode(ServerCommands.version(), "VERSION 1.6.45\r\n")).isEqualTo("1.6.45");
    }

    @Test
    void tellRefusalsFromWhatIsNoReply() {
        for (String refusal : List.of("ERROR", "CLIENT_ERROR flush_all not allowed", "SERVER_ERROR: not enabled",
                "MEMLIMIT_TOO_SMALL cannot set maxbytes to less than 8m", "BUSY currently processing")) {
            assertThatExceptionOfType(MemlinkServerException.class)
                .isThrownBy(() -> decode(ServerCommands.flushAll(), refusal + "\r\n"));
        }
        for (String other : List.of("HD", "OKAY", "", "STAT a b", "ERROR Too many open connections")) {
            assertThatExceptionOfType(MemlinkProtocolException.class)
                .isThrownBy(() -> decode(ServerCommands.flushAll(), other + "\r\n"));
        }
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(ServerCommands.stats(), "STAT a 1\r\nVALUE b\r\n"));
    }

    @Test
    void handOnDumpedItemsOneByOne() {
        List<DumpedItem> items = new ArrayList<>();
        Request<Long> metadump = ServerCommands.metadump(items::add);
        assertThat(text(metadump)).isEqualTo("lru_crawler metadump all\r\n");
        String lines = "key=a%20b exp=-1 la=1700000000 cas=18446744073709551615 fetch=no cls=1 size=60\n"
                + "key=foo exp=1700000100 la=1700000000 cas=2 fetch=yes cls=2 size=70 flags=5 \nEND\r\n";
        assertThat(decode(metadump, lines)).isEqualTo(2);
        assertThat(decode(metadump, "OK\r\n" + lines)).isEqualTo(2);
        assertThat(items).hasSize(4).element(0).satisfies((item) -> {
            assertThat(item.key()).isEqualTo(Key.of("a b"));
            assertThat(item.expiresAt()).isNull();
            assertThat(item.casToken()).isEqualTo(-1);
            assertThat(item.fetched()).isFalse();
        });
        assertThat(items.get(1)).isEqualTo(new DumpedItem(Key.of("foo"), Instant.ofEpochSecond(1_700_000_100),
                Instant.ofEpochSecond(1_700_000_000), 2, true, 2, 70));
        for (String illegal : List.of("key=a exp=x la=1 cas=1 fetch=no cls=1 size=1\n", "key=a\n", "HD\r\n",
                "key=%zz exp=1 la=1 cas=1 fetch=no cls=1 size=1\n")) {
            assertThatExceptionOfType(MemlinkProtocolException.class).isThrownBy(() -> decode(metadump, illegal));
        }
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> decode(metadump, "BUSY currently processing crawler request\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "CONFIG cluster 0 147\r\n12\na.example|10.0.0.1|11211 b.example||11212\n\r\nEND\r\n",
            "CONFIG cluster 0 9\r\n12\r\na.example|10.0.0.1|11211 b.example||11212\r\n\r\nEND\r\n",
            "CONFIG cluster 0 9\r\n12\na.example|10.0.0.1|11211 b.example||11212 \nEND\r\n" })
    void readTheNodesOfACluster(String reply) {
        ClusterConfig config = decode(ServerCommands.clusterConfig(), reply);
        assertThat(config.version()).isEqualTo(12);
        assertThat(config.nodes()).containsExactly(new ClusterConfig.Node("a.example", "10.0.0.1", 11211),
                new ClusterConfig.Node("b.example", "", 11212));
    }

    @Test
    void readAHundredNodesOnOneLine() {
        String nodes = "node.of.a.cluster.with.a.long.name.example|10.0.0.1|11211 ".repeat(300);
        assertThat(
                decode(ServerCommands.clusterConfig(), "CONFIG cluster 0 1\r\n1\n" + nodes + "\n\r\nEND\r\n").nodes())
            .hasSize(300);
    }

    @ParameterizedTest
    @ValueSource(strings = { "CONFIG cluster 0 1\r\nEND\r\n", "CONFIG cluster 0 1\r\nx\na|b|1\n\r\nEND\r\n",
            "CONFIG cluster 0 1\r\n1\na|b\n\r\nEND\r\n", "CONFIG cluster 0 1\r\n1\na|b|0\n\r\nEND\r\n",
            "CONFIG cluster 0 1\r\n1\n|b|1\n\r\nEND\r\n", "END\r\n" })
    void refuseWhatIsNoCluster(String reply) {
        assertThatExceptionOfType(MemlinkProtocolException.class)
            .isThrownBy(() -> decode(ServerCommands.clusterConfig(), reply));
    }

}
