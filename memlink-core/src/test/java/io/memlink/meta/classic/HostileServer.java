package io.memlink.meta.classic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers more than anybody asked for, up to 128 MiB of it or until the
 * client hangs up. What it answers is in the key of the request.
 */
final class HostileServer implements AutoCloseable {

    private static final long MAX_BYTES = 128L << 20;

    private static final int CHUNK_BYTES = 64 * 1024;

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private final AtomicInteger connections = new AtomicInteger();

    HostileServer() throws IOException {
        start(() -> {
            try {
                while (true) {
                    Socket socket = this.server.accept();
                    boolean first = this.connections.getAndIncrement() == 0;
                    start(() -> serve(socket, first));
                }
            }
            catch (IOException ex) {
                // It was closed.
            }
        });
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return this.server.getLocalPort();
    }

    /** Only the first connection is greeted without end. */
    private static void serve(Socket socket, boolean first) {
        try (socket) {
            BufferedReader in = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            OutputStream out = socket.getOutputStream();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                if (line.startsWith("version")) {
                    write(out, "VERSION 1.6.45" + (first ? "" : "\r\n"));
                    if (first) {
                        repeat(out, "x");
                    }
                }
                else if (line.equals("mn")) {
                    write(out, "MN\r\n");
                }
                else {
                    attack(out, line);
                }
            }
        }
        catch (IOException ex) {
            // Either side has hung up.
        }
    }

    private static void attack(OutputStream out, String line) throws IOException {
        int mark = line.indexOf(" O");
        String opaque = (mark >= 0) ? line.substring(mark).split(" ")[1] : "";
        String[] words = line.split(" ");
        String name = line.startsWith("mg ") ? words[1] : words[0];
        String begin = switch (name) {
            case "one-gibibyte" -> "VA 1073741824 f0 " + opaque + "\r\n";
            case "more" -> "VA 1073741825 f0 " + opaque + "\r\n";
            case "largest" -> "VA 2147483647 f0 " + opaque + "\r\n";
            case "negative" -> "VA -1 f0 " + opaque + "\r\n";
            case "overflowing" -> "VA 4294967297 f0 " + opaque + "\r\n";
            case "endless-digits", "endless-flags" -> "VA 1";
            case "many-keys" -> "EN " + opaque + "\r\n";
            case "config" -> "CONFIG cluster 0 10\r\n1\r\n";
            default -> "";
        };
        write(out, begin);
        repeat(out, endless(name, opaque));
    }

    private static String endless(String name, String opaque) {
        return switch (name) {
            case "endless-digits" -> "1";
            case "endless-flags" -> " f0 c1 t-1";
            case "endless-lines" -> "\r\n";
            case "endless-value" -> "VA 1000000 f0 " + opaque + "\r\n";
            case "many-keys" -> "VALUE second 0 1000000\r\n" + "x".repeat(1_000_000) + "\r\n";
            case "stats" -> "STAT %d" + "x".repeat(1000) + " 1\r\n";
            case "lru_crawler" -> "key=a exp=-1 la=1 cas=1 fetch=no cls=1 size=60 flags=0 \n";
            default -> "x";
        };
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Numbers the lines that have a place for it. */
    private static void repeat(OutputStream out, String text) throws IOException {
        StringBuilder chunk = new StringBuilder();
        long sent = 0;
        int number = 0;
        while (sent < MAX_BYTES) {
            chunk.setLength(0);
            while (chunk.length() < CHUNK_BYTES) {
                chunk.append(text.replace("%d", Integer.toString(number++)));
            }
            write(out, chunk.toString());
            sent += chunk.length();
        }
        throw new IOException("that is enough");
    }

    @Override
    public void close() throws IOException {
        this.server.close();
    }

}
