package io.memlink.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines with many keys, and the memory that they may take.
 */
class ManyKeysTests {

    private static final int LINE_BYTES = 1_000_000;

    // A line needs twice its length.
    private static final int MEMORY_BYTES = 2 * LINE_BYTES;

    private static final int PIECE_BYTES = 1999;

    private static final String BIG = "set big 0 0 5000\r\n" + "x".repeat(5000) + "\r\n";

    private static final String REFUSAL = "SERVER_ERROR out of memory reading request\r\n";

    private final ServerTime time = new ServerTime(() -> Instant.ofEpochSecond(1_800_000_000));

    private final Store store = new Store(this.time, new Store.Limits(64 << 20, 1 << 20, 64 << 20), 2, true);

    private final CommandInterpreter commands = new CommandInterpreter(this.store, this.time, Release.NEWEST);

    private final RequestMemory memory = new RequestMemory(MEMORY_BYTES, (taken) -> {
    });

    private final OpenConnections connections = new OpenConnections(new FaultScript(), this.memory);

    @Test
    void areAnsweredHoweverTheyArrive() {
        EmbeddedChannel client = connect();
        send(client, "set a 0 0 1\r\nx\r\n");
        send(client, get(" a", 40_000) + "mn\r\n");
        assertThat(replies(client)).isEqualTo("STORED\r\n" + "VALUE a 0 1\r\nx\r\n".repeat(20_000) + "END\r\nMN\r\n");
        assertMemoryIsFree();
    }

    @Test
    void areRefusedIfThereAreTooMany() {
        EmbeddedChannel client = connect();
        send(client, "mn\r\n" + get(" a", LINE_BYTES + 2));
        assertThat(replies(client)).isEqualTo("MN\r\n" + REFUSAL);
        assertThat(client.isOpen()).isFalse();
        assertMemoryIsFree();
    }

    @Test
    void areRefusedIfOthersTakeTheMemory() {
        EmbeddedChannel first = connect();
        send(first, get(" a", 600_000).strip());
        EmbeddedChannel second = connect();
        send(second, get(" a", 600_000));
        assertThat(replies(second)).isEqualTo(REFUSAL);
        EmbeddedChannel other = connect();
        send(other, "get a\r\n");
        assertThat(replies(other)).isEqualTo("END\r\n");
        first.close();
        assertMemoryIsFree();
    }

    @Test
    void needTheMemoryUntilAllIsAnswered() {
        EmbeddedChannel client = connect();
        send(client, BIG);
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send(client, get(" big", 40_000));
        client.runPendingTasks();
        assertThat(this.memory.take(MEMORY_BYTES)).isFalse();
        client.close();
        assertMemoryIsFree();
    }

    @Test
    void giveTheMemoryBackOnceAllIsAnswered() {
        EmbeddedChannel client = connect();
        send(client, BIG);
        send(client, get(" big", 4_000));
        client.runPendingTasks();
        assertThat(replies(client)).endsWith("END\r\n");
        assertMemoryIsFree();
    }

    @Test
    void areAllAnsweredThoughTheClientWillSendNothingMore() {
        EmbeddedChannel client = connect();
        send(client, BIG);
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        send(client, get(" big", 4000) + "mn\r\n");
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(client.isOpen()).isTrue();
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        assertThat(replies(client)).endsWith("x\r\nEND\r\nMN\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    private static String get(String key, int bytes) {
        return "get" + key.repeat(bytes / key.length()) + "\r\n";
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline()
            .addLast(new Connection(this.commands, this.commands, null, this.connections.add(channel, "test"),
                    new RequestCounts(), this.memory));
        return channel;
    }

    private static void send(EmbeddedChannel client, String bytes) {
        for (int i = 0; i < bytes.length(); i += PIECE_BYTES) {
            String piece = bytes.substring(i, Math.min(i + PIECE_BYTES, bytes.length()));
            if (client.isOpen()) {
                client.writeInbound(Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1));
            }
        }
    }

    private static String replies(EmbeddedChannel client) {
        client.runPendingTasks();
        StringBuilder all = new StringBuilder();
        for (ByteBuf part = client.readOutbound(); part != null; part = client.readOutbound()) {
            all.append(part.toString(StandardCharsets.ISO_8859_1));
            part.release();
        }
        return all.toString();
    }

    private void assertMemoryIsFree() {
        assertThat(this.memory.take(MEMORY_BYTES)).isTrue();
    }

}
