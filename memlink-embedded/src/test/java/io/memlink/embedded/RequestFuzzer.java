package io.memlink.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.sun.management.ThreadMXBean;
import io.memlink.embedded.admin.AdminCommands;
import io.memlink.embedded.binary.BinaryInterpreter;
import io.memlink.embedded.command.CommandInterpreter;
import io.memlink.embedded.command.LineInterpreter;
import io.memlink.embedded.command.LoginInterpreter;
import io.memlink.embedded.command.Release;
import io.memlink.embedded.store.ServerTime;
import io.memlink.embedded.store.Store;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.slf4j.LoggerFactory;

/**
 * What a hostile client may send, to all of a server but its sockets: those make a search
 * three times slower and its finds hard to repeat. The first byte of the input chooses
 * the release and whether there is a login, the second where the network cuts the rest.
 */
public final class RequestFuzzer {

    static final int NEWEST = 0;

    static final int OLDER = 1;

    static final int WITH_LOGIN = 2;

    // So little that what an input stores can evict.
    private static final Store.Limits LIMITS = new Store.Limits(16 << 10, 8 << 10, 1 << 20);

    private static final int MEMORY_BYTES = 2 << 20;

    // A value that is half of the input, fetched as often as the other half can ask.
    static final long MAX_ALLOCATED = 64 << 20;

    /** The system property that names the folder of costly inputs. */
    static final String COSTLY = "memlink.fuzz.costly";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final CollectedWarnings WARNINGS = CollectedWarnings.collect();

    static {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    }

    private RequestFuzzer() {
    }

    /**
     * Called by the fuzzer.
     * @param input any bytes
     */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(input, 2, input.length);
        int cut = (input[1] & 0xff) % Math.max(1, bytes.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Outcome whole = outcome(input[0], bytes);
        keepIfCostly(input, THREADS.getCurrentThreadAllocatedBytes() - before);
        Outcome cutOnce = outcome(input[0], Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length));
        boolean comparable = whole.open && cutOnce.open && (input[0] & WITH_LOGIN) == 0
                && !whole.reply.contains("STAT ");
        if (comparable && !whole.reply.equals(cutOnce.reply)) {
            throw new AssertionError(whole.reply + ", but cut at " + cut + ": " + cutOnce.reply);
        }
    }

    private static Outcome outcome(int mode, byte[]... pieces) {
        Server server = new Server(mode);
        Outcome outcome = server.exchange(pieces);
        if (server.store.bytes() > server.store.maxBytes()) {
            throw new AssertionError(server.store.bytes() + " bytes stored in " + server.store.maxBytes());
        }
        server.requireService();
        WARNINGS.throwIfAny();
        return outcome;
    }

    // The fuzzer copies each string that is compared, which may be most of what is
    // allocated here: what the server makes of a costly input is measured without it.
    private static void keepIfCostly(byte[] input, long allocated) {
        if (allocated > MAX_ALLOCATED) {
            Path file = Path.of(System.getProperty(COSTLY), UUID.nameUUIDFromBytes(input).toString());
            try {
                Files.write(file, input);
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /**
     * Measures what an input makes a server allocate, which means something where nothing
     * is instrumented. The first time, classes may be loaded.
     */
    static long allocated(byte[] input) {
        Server server = new Server(input[0]);
        byte[] bytes = Arrays.copyOfRange(input, 2, input.length);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        server.exchange(bytes);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private record Outcome(String reply, boolean open) {
    }

    /** A server without sockets. */
    private static final class Server {

        private final ServerTime time = new ServerTime(() -> Instant.ofEpochSecond(1_800_000_000));

        private final Store store;

        private final CommandInterpreter commands;

        private final RequestMemory memory = new RequestMemory(MEMORY_BYTES, (taken) -> {
        });

        private final OpenConnections connections = new OpenConnections(new FaultScript(), this.memory);

        private final Release release;

        private final boolean login;

        Server(int mode) {
            this.release = Release.of(((mode & OLDER) != 0) ? "1.6.18" : "1.6.45");
            this.login = (mode & WITH_LOGIN) != 0;
            this.store = new Store(this.time, LIMITS, 2, this.release.failuresUseCasIds());
            this.commands = new CommandInterpreter(this.store, this.time, this.release);
            Facts facts = new Facts(EmbeddedMemcached.builder(), new InetSocketAddress("127.0.0.1", 1),
                    this.connections, () -> {
                    });
            AdminCommands.addTo(this.commands, this.store, this.time, facts, this.release);
        }

        private EmbeddedChannel connect() {
            LineInterpreter interpreter = this.login
                    ? new LoginInterpreter(this.commands, Map.of("user", "pass"), this.release) : this.commands;
            BinaryInterpreter binary = this.login ? null : new BinaryInterpreter(this.commands, this.store, this.time);
            EmbeddedChannel channel = new EmbeddedChannel();
            channel.pipeline()
                .addLast(new Connection(this.commands, interpreter, binary, this.connections.add(channel, "fuzzer"),
                        new RequestCounts(), this.memory));
            return channel;
        }

        private Outcome exchange(byte[]... pieces) {
            EmbeddedChannel channel = connect();
            for (byte[] piece : pieces) {
                if (channel.isOpen()) {
                    channel.writeInbound(Unpooled.wrappedBuffer(piece));
                }
            }
            // Replies wait while a payload is incomplete.
            if (channel.isOpen()) {
                channel.flushOutbound();
            }
            StringBuilder reply = new StringBuilder();
            for (ByteBuf next = channel.readOutbound(); next != null; next = channel.readOutbound()) {
                reply.append(next.toString(StandardCharsets.ISO_8859_1));
                next.release();
            }
            boolean open = channel.isOpen();
            channel.finishAndReleaseAll();
            return new Outcome(reply.toString(), open);
        }

        // What was stored may well have been evicted or flushed.
        private void requireService() {
            String login = this.login ? "set x 0 0 9\r\nuser pass\r\n" : "";
            String reply = exchange(login.getBytes(StandardCharsets.US_ASCII),
                    "set witness 0 0 1\r\nw\r\nget witness\r\nmn\r\n".getBytes(StandardCharsets.US_ASCII)).reply;
            if (!reply.contains("STORED\r\n") || !reply.endsWith("END\r\nMN\r\n")) {
                throw new AssertionError("another client got: " + reply);
            }
        }

    }

}
