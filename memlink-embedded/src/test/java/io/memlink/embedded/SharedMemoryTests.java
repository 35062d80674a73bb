package io.memlink.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import io.memlink.embedded.binary.BinaryInterpreter;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values under way and replies that wait, and the memory that all connections have for
 * them.
 */
class SharedMemoryTests {

    private static final int VALUE_BYTES = 300_000;

    private static final int MEMORY_BYTES = 400_000;

    private static final String VALUE = "x".repeat(VALUE_BYTES);

    private static final String NO_MEMORY_FOR_REPLY = "SERVER_ERROR out of memory writing get response\r\n";

    private static final String BINARY_HEAD = "\u0080\1\0\3\10\0\0\0\0\4\u0093\u00eb\0\0\0\7\0\0\0\0\0\0\0\0";

    private final ServerTime time = new ServerTime(() -> Instant.ofEpochSecond(1_800_000_000));

    private final Store store = new Store(this.time, new Store.Limits(64 << 20, 1 << 20, 64 << 20), 2, true);

    private final CommandInterpreter commands = new CommandInterpreter(this.store, this.time, Release.NEWEST);

    private long taken;

    private boolean wanted;

    private final RequestMemory memory = new RequestMemory(MEMORY_BYTES, this::taken);

    private final FaultScript faults = new FaultScript();

    private final OpenConnections connections = new OpenConnections(this.faults, this.memory);

    @ParameterizedTest
    @CsvSource(textBlock = """
            set foo 0 0 300000,         SERVER_ERROR out of memory storing object
            set foo 0 0 300000 noreply,
            ms foo 300000,              SERVER_ERROR out of memory storing object
            ms foo 300000 q,            SERVER_ERROR out of memory storing object
            """)
    void refusesAValueForWhichThereIsNoMemory(String line, String refusal) {
        EmbeddedChannel first = upload();
        EmbeddedChannel second = connect();
        send(second, "set foo 0 0 3\r\nbar\r\n" + line + "\r\n" + VALUE);
        send(second, "\r\nmn\r\nmg foo v\r\n");
        assertThat(replies(second))
            .isEqualTo("STORED\r\n" + ((refusal != null) ? refusal + "\r\n" : "") + "MN\r\nEN\r\n");
        assertThat(this.commands.counters().all()).containsEntry("store_no_memory", 1L);
        send(first, "x\r\n");
        assertThat(replies(first)).isEqualTo("STORED\r\n");
        assertThat(this.taken).isZero();
        send(second, "add foo 0 0 300000\r\n" + VALUE + "\r\n");
        assertThat(replies(second)).isEqualTo("STORED\r\n");
        assertThat(this.taken).isZero();
    }

    @Test
    void refusesABinaryValueForWhichThereIsNoMemory() {
        upload();
        EmbeddedChannel second = connect();
        send(second, BINARY_HEAD + "\0".repeat(8) + "foo" + VALUE);
        assertThat(replies(second)).startsWith("\u0081\1\0\0\0\0\0\u0082").endsWith("Out of memory allocating item");
    }

    @Test
    void forgetsAValueWhoseClientGoesAway() {
        EmbeddedChannel client = upload();
        assertThat(this.taken).isGreaterThanOrEqualTo(VALUE_BYTES - 1);
        client.close();
        assertThat(this.taken).isZero();
    }

    @Test
    void forgetsAValueThatTheServerCannotTake() {
        EmbeddedChannel client = upload();
        client.pipeline().fireExceptionCaught(new OutOfMemoryError());
        assertThat(this.taken).isZero();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void refusesAReplyForWhichThereIsNoMemory() {
        EmbeddedChannel first = readsNothing();
        send(first, "get foo\r\n");
        EmbeddedChannel second = readsNothing();
        send(second, "get foo\r\nmg foo v\r\n");
        assertThat(this.taken).isGreaterThan(VALUE_BYTES);
        readAll(second);
        assertThat(replies(second)).isEqualTo(NO_MEMORY_FOR_REPLY + NO_MEMORY_FOR_REPLY);
        readAll(first);
        assertThat(replies(first)).isEqualTo("VALUE foo 0 300000\r\n" + VALUE + "\r\nEND\r\n");
        assertThat(this.taken).isZero();
        send(second, "get foo\r\n");
        assertThat(replies(second)).startsWith("VALUE foo");
        assertThat(this.taken).isZero();
    }

    @Test
    void keepsTheMemoryOfAReplyOfWhichAPartIsSent() {
        EmbeddedChannel client = readsNothing();
        readAll(client);
        client.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
                context.write(message, promise);
                client.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
            }
        });
        send(client, "get foo\r\n");
        assertThat(this.taken).isGreaterThan(VALUE_BYTES);
    }

    @Test
    void refusesABinaryReplyForWhichThereIsNoMemory() {
        send(readsNothing(), "get foo\r\n");
        EmbeddedChannel second = connect();
        send(second, "\u0080\0\0\3\0\0\0\0\0\0\0\3\0\0\0\7\0\0\0\0\0\0\0\0foo");
        assertThat(replies(second))
            .isEqualTo("\u0081\0\0\0\0\0\0\u0082\0\0\0\35\0\0\0\7" + "\0".repeat(8) + "Out of memory allocating item");
    }

    @Test
    void refusesAReplyWithManyValuesForWhichThereIsNoMemory() {
        send(readsNothing(), "get foo\r\n");
        EmbeddedChannel second = connect();
        send(second, "get" + " foo".repeat(20) + "\r\nmn\r\n");
        assertThat(replies(second)).isEqualTo(NO_MEMORY_FOR_REPLY + "MN\r\n");
    }

    @Test
    void endsAReplyThatCannotGoOn() {
        EmbeddedChannel client = readsNothing();
        send(client, "get" + " foo".repeat(20) + "\r\n");
        this.wanted = true;
        readAll(client);
        assertThat(replies(client)).isEqualTo("VALUE foo 0 300000\r\n" + VALUE + "\r\n");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void forgetsAReplyWhoseClientGoesAway() {
        EmbeddedChannel client = readsNothing();
        send(client, "get foo\r\n");
        client.close();
        assertThat(this.taken).isZero();
    }

    @Test
    void endsAConnectionWithMoreRepliesHeldBackThanThereIsMemoryFor() {
        EmbeddedChannel client = connect();
        this.faults.next(Fault.stall());
        for (int i = 0; client.isOpen() && i < MEMORY_BYTES; i++) {
            send(client, "mg foo\r\n");
        }
        assertThat(client.isOpen()).isFalse();
        assertThat(this.taken).isZero();
    }

    private void taken(long bytes) {
        this.taken = bytes;
        if (this.wanted && bytes == 0) {
            this.memory.take(MEMORY_BYTES);
        }
    }

    private EmbeddedChannel upload() {
        EmbeddedChannel client = connect();
        send(client, "set up 0 0 300000\r\n" + VALUE.substring(1));
        return client;
    }

    private EmbeddedChannel readsNothing() {
        EmbeddedChannel client = connect();
        if (this.store.size() == 0) {
            send(client, "set foo 0 0 300000 noreply\r\n" + VALUE + "\r\n");
        }
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        return client;
    }

    private static void readAll(EmbeddedChannel client) {
        client.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.pipeline()
            .addLast(new Connection(this.commands, this.commands,
                    new BinaryInterpreter(this.commands, this.store, this.time), this.connections.add(channel, "test"),
                    new RequestCounts(), this.memory));
        return channel;
    }

    private static void send(EmbeddedChannel client, String bytes) {
        client.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
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

}
