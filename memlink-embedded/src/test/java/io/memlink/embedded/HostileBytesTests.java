package io.memlink.embedded;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a client sends, the server goes on serving the others. Each run draws
 * other bytes; {@code -Dmemlink.seed} repeats one, {@code -Dmemlink.fuzz.seconds} makes
 * it longer.
 */
class HostileBytesTests {

    private static final String[] WORDS = { "mg", "ms", "md", "ma", "me", "mn", "get", "gets", "gat", "set", "cas",
            "add", "append", "incr", "decr", "touch", "delete", "stats", "items", "slabs", "detail", "on", "dump",
            "cachedump", "settings", "conns", "flush_all", "lru_crawler", "metadump", "mgdump", "all", "lru", "tune",
            "slabs", "reassign", "automove", "config", "cluster", "cache_memlimit", "verbosity", "version", "watch",
            "key", "k1", "0", "1", "-1", "2", "64", "4294967296", "18446744073709551616", "2147483645", "1048600",
            "noreply", "q", "v", "k", "t", "b", "T0", "T-1", "N30", "R60", "I", "MA", "MI", "MX", "C1", "E7", "O123",
            "F9", "D99", "J1", "Zm9v", "\r", "\0", "\u0080", "\u00ff", "" };

    private static final int[] EXTRAS = { 0, 0, 4, 8, 20, 255 };

    @Test
    void endsNoThreadAndStopsNoService() throws IOException {
        long seed = Long.getLong("memlink.seed", System.nanoTime());
        long nanos = TimeUnit.SECONDS.toNanos(Integer.getInteger("memlink.fuzz.seconds", 10));
        System.out.println("Hostile bytes: -Dmemlink.seed=" + seed);
        Random random = new Random(seed);
        long end = System.nanoTime() + nanos;
        try (EmbeddedMemcached server = EmbeddedMemcached.builder().maxBytes(4 * 1024 * 1024).start();
                TestClient witness = new TestClient(server.address())) {
            int rounds = 0;
            while (System.nanoTime() < end || rounds < 20) {
                attack(server, random);
                // What was stored may well have been flushed.
                assertThat(witness.exchange("set witness 0 0 1\r\nw\r\nget witness\r\n"))
                    .as("seed %s, round %s", seed, rounds)
                    .matches("(?s)STORED\r\n.*END\r\n");
                rounds++;
            }
            assertThat(server.connections()).isNotEmpty();
        }
    }

    private static void attack(EmbeddedMemcached server, Random random) throws IOException {
        try (Socket socket = new Socket(server.address().getAddress(), server.port())) {
            boolean binary = random.nextInt(4) == 0;
            for (int i = random.nextInt(30); i >= 0; i--) {
                socket.getOutputStream().write(binary ? binary(random) : bytes(random));
                if (socket.getInputStream().available() > 0) {
                    socket.getInputStream().skip(socket.getInputStream().available());
                }
            }
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
        }
        catch (IOException ex) {
            // The server may well have hung up.
        }
    }

    // A head that may be right, and a body that may be as long as that says.
    private static byte[] binary(Random random) {
        int keyLength = random.nextInt(random.nextInt(10) == 0 ? 70_000 : 20);
        int extrasLength = EXTRAS[random.nextInt(EXTRAS.length)];
        int valueLength = random.nextInt(10) == 0 ? random.nextInt() : random.nextInt(100);
        byte[] body = new byte[keyLength + extrasLength + Math.min(Math.max(valueLength, 0), 2_000)];
        random.nextBytes(body);
        ByteBuffer request = ByteBuffer.allocate(24 + body.length);
        request.put((byte) (random.nextInt(100) == 0 ? 0 : 0x80)).put((byte) random.nextInt(0x28));
        request.putShort((short) keyLength).put((byte) extrasLength).put((byte) 0).putShort((short) 0);
        request.putInt(keyLength + extrasLength + valueLength).putInt(7).putLong(random.nextInt(3));
        return request.put(body).array();
    }

    private static byte[] bytes(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(20_000)];
            random.nextBytes(noise);
            return noise;
        }
        StringBuilder line = new StringBuilder(WORDS[random.nextInt(42)]);
        for (int i = random.nextInt(8); i > 0; i--) {
            line.append(' ').append(WORDS[random.nextInt(WORDS.length)]);
        }
        if (random.nextInt(20) == 0) {
            line.append(" k".repeat(random.nextInt(20_000)));
        }
        String end = (random.nextInt(10) == 0) ? "" : (random.nextInt(5) == 0) ? "\n" : "\r\n";
        String payload = (random.nextInt(3) == 0) ? "x".repeat(random.nextInt(70)) + "\r\n" : "";
        return (line + end + payload).getBytes(StandardCharsets.ISO_8859_1);
    }

}
