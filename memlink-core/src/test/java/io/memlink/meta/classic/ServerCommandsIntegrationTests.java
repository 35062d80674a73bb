package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.memlink.error.MemlinkServerException;
import io.memlink.meta.BatchReply;
import io.memlink.meta.Done;
import io.memlink.meta.Hit;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaDebug;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaReply;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaRequest;
import io.memlink.meta.MetaSet;
import io.memlink.meta.TestServerLink;
import io.memlink.meta.classic.ServerCommands.DumpedItem;
import io.memlink.test.MemcachedProcess;
import io.memlink.test.MemcachedTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Batches, debug and the commands for those who run servers, with a real one.
 */
@MemcachedTest
class ServerCommandsIntegrationTests {

    private static final Key KEY = Key.of("a b");

    private TestServerLink link;

    @BeforeEach
    void connect(MemcachedProcess server) {
        this.link = TestServerLink.to(server);
    }

    @AfterEach
    void close() {
        this.link.close();
    }

    private static MetaSet set(Key key, String value) {
        return MetaSet.builder(key, value.getBytes(StandardCharsets.UTF_8)).build();
    }

    @Test
    void tellAndChangeTheServer() {
        String version = this.link.send(ServerCommands.version());
        assertThat(version).matches("1\\.6\\.\\d+.*");
        this.link.send(set(KEY, "value"));
        assertThat(this.link.send(ServerCommands.stats())).containsEntry("version", version)
            .containsEntry("curr_items", "1");
        assertThat(this.link.send(ServerCommands.stats("settings"))).containsKey("item_size_max");
        assertThat(this.link.send(ServerCommands.stats("items"))).containsValue("1");
        assertThat(this.link.send(ServerCommands.stats("slabs"))).containsKey("active_slabs");
        assertThat(this.link.send(ServerCommands.stats("conns"))).isNotEmpty();
        assertThat(this.link.send(ServerCommands.stats("sizes"))).isNotNull();
        assertThat(this.link.send(ServerCommands.resetStats())).isEmpty();
        assertThat(this.link.send(ServerCommands.verbosity(0))).isEmpty();
        assertThat(this.link.send(ServerCommands.cacheMemlimit(32))).isEmpty();
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> this.link.send(ServerCommands.cacheMemlimit(1)));
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> this.link.send(ServerCommands.stats("nonsense")));
        assertThatExceptionOfType(MemlinkServerException.class)
            .isThrownBy(() -> this.link.send(ServerCommands.clusterConfig()));
        this.link.send(ServerCommands.flushAll(Duration.ofDays(1)));
        this.link.send(ServerCommands.flushAll());
        assertThat(this.link.send(MetaGet.builder(KEY).build())).isSameAs(Miss.INSTANCE);
    }

    @Test
    void dumpTheItems() {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Key key = Key.of("key " + i + "\r\n%");
            keys.add(key);
            this.link.send(set(key, "value"));
        }
        List<DumpedItem> items = new ArrayList<>();
        // The crawler is busy for a moment after the server has started.
        await().ignoreExceptionsInstanceOf(MemlinkServerException.class).until(() -> {
            items.clear();
            return this.link.send(ServerCommands.metadump(items::add)) == 500;
        });
        assertThat(items).extracting(DumpedItem::key).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(items).allSatisfy((item) -> assertThat(item.expiresAt()).isNull());
    }

    @Test
    void debugAnItem() {
        assertThat(this.link.send(MetaDebug.of(KEY))).isEmpty();
        this.link.send(set(KEY, "value"));
        assertThat(this.link.send(MetaDebug.of(KEY)).map(Map::keySet).orElseThrow()).contains("exp", "la", "cas",
                "fetch", "cls", "size");
        Key plain = Key.of("plain");
        this.link.send(set(plain, "value"));
        assertThat(this.link.send(MetaDebug.of(plain))).isPresent();
    }

    @Test
    void doManyThingsAtOnce() {
        List<MetaRequest<MetaReply>> commands = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            commands.add(set(Key.of("key" + i), "value" + i));
        }
        BatchReply stored = this.link.send(MetaBatch.of(commands));
        commands.clear();
        for (int i = 0; i < 2000; i++) {
            commands.add(MetaGet.builder(Key.of("key" + i)).value().build());
        }
        BatchReply read = this.link.send(MetaBatch.of(commands));
        for (int i = 0; i < 1000; i++) {
            assertThat(stored.reply(i)).isInstanceOf(Done.class);
            assertThat(((Hit) read.reply(i)).value()).asString().isEqualTo("value" + i);
            assertThat(read.reply(1000 + i)).isSameAs(Miss.INSTANCE);
        }
    }

    @Test
    void tellWhichCommandsOfABatchWereRefused() {
        Key text = Key.of("text");
        this.link.send(set(text, "text"));
        BatchReply reply = this.link.send(MetaBatch.of(List.of(MetaArithmetic.builder(text).value().build(),
                set(Key.of("other"), "other"), MetaSet.builder(text, new byte[2_000_000]).build(),
                MetaGet.builder(text).value().build(), MetaDelete.builder(Key.of("other")).build())));
        assertThat(reply.failure(0)).isInstanceOf(MemlinkServerException.class);
        // The line that refuses the large value may belong to either.
        assertThat(reply.failure(1)).isNotNull();
        assertThat(reply.failure(2)).isNotNull();
    }

}
