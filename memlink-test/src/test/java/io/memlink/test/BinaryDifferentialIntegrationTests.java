package io.memlink.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Asks a real memcached and the embedded one the same random things in the binary
 * protocol and compares every reply.
 */
// The maintainer holds on to items it is about to move, and a held number is not changed
// in place but replaced.
@MemcachedTest(arguments = { "-o", "no_lru_maintainer" })
@EmbeddedMemcachedTest
class BinaryDifferentialIntegrationTests {

    private static final int BATCH_SIZE = 50;

    private static final int NOOP = 0x0a;

    private static final int[] READS = { 0x00, 0x09, 0x0c, 0x0d };

    private static final int[] TOUCHES = { 0x1c, 0x1d, 0x1e, 0x23, 0x24 };

    private static final int[] STORES = { 0x01, 0x02, 0x03, 0x11, 0x12, 0x13 };

    private static final int[] JOINS = { 0x0e, 0x0f, 0x19, 0x1a };

    private static final int[] COUNTS = { 0x05, 0x06, 0x15, 0x16 };

    private static final int[] DELETES = { 0x04, 0x14 };

    private static final int[] OTHERS = { 0x0b, 0x40, 0xff, NOOP, 0x08, 0x18 };

    private static final int[] EXPIRIES = { 0, 1000, 3000, 1_600_000_000, -2 };

    private static final String[] VALUES = { "", "0", "9", "99", "18446744073709551615", "abc", " 7", "5 x", "007" };

    // While a value waits to be sent, a real server does not change a number in place,
    // which
    // shows in the padding.
    private final Set<String> mayBeWaiting = new HashSet<>();

    private Random random;

    @Test
    void answersRandomCommandsLikeTheRealServer(MemcachedProcess real, EmbeddedMemcached embedded) throws IOException {
        long seed = Long.getLong("memlink.seed", System.nanoTime());
        int commands = Integer.getInteger("memlink.test.commands", 100_000) / 5;
        System.out.println("Binary differential test: -Dmemlink.seed=" + seed + ", " + commands + " commands");
        this.random = new Random(seed);
        try (Side expected = new Side(real.address()); Side actual = new Side(embedded.address())) {
            for (int sent = 0; sent < commands; sent += BATCH_SIZE) {
                List<Command> batch = new ArrayList<>();
                this.mayBeWaiting.clear();
                for (int i = 0; i < BATCH_SIZE; i++) {
                    batch.add(next());
                }
                expected.send(batch);
                actual.send(batch);
                compare(expected.receive(batch), actual.receive(batch), "seed " + seed + ", after " + sent);
            }
        }
    }

    // Shows the replies before the first difference, and not all of them.
    private static void compare(List<String> expected, List<String> actual, String where) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            assertThat(actual.get(i)).as("%s, after %s", where, expected.subList(Math.max(i - 3, 0), i))
                .isEqualTo(expected.get(i));
        }
        assertThat(actual).as(where).hasSameSizeAs(expected);
    }

    private Command next() {
        String key = "b" + this.random.nextInt(20);
        int expiry = any(EXPIRIES);
        int old = this.random.nextInt(6);
        return switch (this.random.nextInt(16)) {
            case 0, 1, 2, 3 -> read(new Command(any(READS), key, new byte[0], "", 3));
            case 4 -> read(new Command(any(TOUCHES), key, ints(expiry), "", 3));
            case 5, 6, 7, 8 -> new Command(any(STORES), key, ints(this.random.nextInt(9), expiry), value(), old);
            case 9, 10 -> new Command(any(JOINS), key, new byte[0], value(), old);
            case 11, 12, 13 -> this.mayBeWaiting.contains(key) ? new Command(any(READS), key, new byte[0], "", 3)
                    : new Command(any(COUNTS), key, ints(0, this.random.nextInt(200), 0, 7, expiry - 1), "", old);
            case 14 -> new Command(any(DELETES), key, new byte[0], "", old);
            default -> new Command(any(OTHERS), "", new byte[0], "", 3);
        };
    }

    private Command read(Command command) {
        this.mayBeWaiting.add(command.key());
        return command;
    }

    private String value() {
        return (this.random.nextInt(500) == 0) ? "x".repeat(1_100_000) : VALUES[this.random.nextInt(VALUES.length)];
    }

    private int any(int[] choices) {
        return choices[this.random.nextInt(choices.length)];
    }

    private static byte[] ints(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Integer.BYTES);
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }

    /**
     * A request; with 0 it compares with the newest CAS id known, with 1 with an old one.
     */
    private record Command(int opcode, String key, byte[] extras, String value, int compare) {

        @Override
        public String toString() {
            String start = this.value.substring(0, Math.min(this.value.length(), 20));
            return this.opcode + " " + this.key + " " + HexFormat.of().formatHex(this.extras) + " " + start;
        }

    }

    /** One of the two servers. Numbers CAS ids in the order in which they appear. */
    private static final class Side implements AutoCloseable {

        private final Socket socket;

        private final DataInputStream in;

        private final Map<Long, Integer> order = new HashMap<>(Map.of(0L, 0));

        private final Map<String, Long> newest = new HashMap<>();

        Side(InetSocketAddress address) throws IOException {
            this.socket = new Socket(address.getAddress(), address.getPort());
            this.socket.setSoTimeout(5_000);
            this.in = new DataInputStream(new BufferedInputStream(this.socket.getInputStream()));
        }

        void send(List<Command> batch) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int i = 0; i < batch.size(); i++) {
                Command each = batch.get(i);
                long cas = this.newest.getOrDefault(each.key(), 0L);
                write(bytes, each, i, (each.compare() == 0) ? cas : (each.compare() == 1) ? Long.MAX_VALUE : 0);
            }
            write(bytes, new Command(NOOP, "", new byte[0], "", 3), batch.size(), 0);
            this.socket.getOutputStream().write(bytes.toByteArray());
        }

        private static void write(ByteArrayOutputStream out, Command command, int opaque, long cas) {
            ByteBuffer head = ByteBuffer.allocate(24).put((byte) 0x80).put((byte) command.opcode());
            head.putShort((short) command.key().length()).put((byte) command.extras().length).put((byte) 0);
            head.putShort((short) 0)
                .putInt(command.extras().length + command.key().length() + command.value().length());
            out.writeBytes(head.putInt(opaque).putLong(cas).array());
            out.writeBytes(command.extras());
            out.writeBytes((command.key() + command.value()).getBytes(StandardCharsets.ISO_8859_1));
        }

        List<String> receive(List<Command> batch) throws IOException {
            List<String> replies = new ArrayList<>();
            int opaque = -1;
            while (opaque != batch.size()) {
                ByteBuffer head = ByteBuffer.wrap(this.in.readNBytes(24));
                opaque = head.getInt(12);
                long cas = head.getLong(16);
                String body = new String(this.in.readNBytes(head.getInt(8)), StandardCharsets.ISO_8859_1);
                Command command = (opaque < batch.size()) ? batch.get(opaque) : null;
                if (command != null && cas != 0) {
                    this.newest.put(command.key(), cas);
                }
                boolean version = head.get(1) == 0x0b;
                replies.add(opaque + " " + command + ": " + head.get(1) + " status " + head.getShort(6) + " lengths "
                        + head.getShort(2) + " " + head.get(4) + " cas "
                        + this.order.computeIfAbsent(cas, (id) -> this.order.size()) + " " + (version ? "" : body));
            }
            return replies;
        }

        @Override
        public void close() throws IOException {
            this.socket.close();
        }

    }

}
