package io.memlink.benchmarks.sidebyside.contender;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

/**
 * The least a synchronous call can cost: a socket for each thread, one write and one read
 * in the caller's thread. No bounds, no deadline, no check of anything.
 */
final class BlockingContender implements Contender {

    private static final int BUFFER_BYTES = 16 * 1024;

    private static final byte[] END = "\r\n".getBytes(StandardCharsets.US_ASCII);

    private final String host;

    private final int port;

    private final Queue<Connection> opened = new ConcurrentLinkedQueue<>();

    private final ThreadLocal<Connection> connections = ThreadLocal.withInitial(this::open);

    BlockingContender(List<String> addresses) {
        String[] address = addresses.get(0).split(":");
        this.host = address[0];
        this.port = Integer.parseInt(address[1]);
    }

    private Connection open() {
        try {
            Socket socket = new Socket(this.host, this.port);
            socket.setTcpNoDelay(true);
            Connection connection = new Connection(socket,
                    new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES), socket.getOutputStream());
            this.opened.add(connection);
            return connection;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public byte @Nullable [] getNow(String key) throws IOException {
        return this.connections.get().get(key);
    }

    @Override
    public void setNow(String key, byte[] value) throws IOException {
        this.connections.get().set(key, value);
    }

    @Override
    public CompletionStage<byte @Nullable []> get(String key) {
        throw new UnsupportedOperationException("synchronous calls only");
    }

    @Override
    public CompletionStage<?> set(String key, byte[] value) {
        try {
            setNow(key, value);
            return CompletableFuture.completedFuture(null);
        }
        catch (IOException ex) {
            return CompletableFuture.failedFuture(ex);
        }
    }

    @Override
    public CompletionStage<Map<String, byte[]>> getAll(List<String> keys) {
        throw new UnsupportedOperationException("synchronous calls only");
    }

    @Override
    public void close() {
        for (Connection connection : this.opened) {
            try {
                connection.socket.close();
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        }
    }

    /** The socket of one thread. */
    private record Connection(Socket socket, InputStream in, OutputStream out) {

        private byte @Nullable [] get(String key) throws IOException {
            this.out.write(("mg " + key + " v\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String status = line();
            if (!status.startsWith("VA ")) {
                return null;
            }
            byte[] value = this.in.readNBytes(Integer.parseInt(status.substring(3).trim()));
            this.in.skipNBytes(END.length);
            return value;
        }

        private void set(String key, byte[] value) throws IOException {
            byte[] line = ("ms " + key + " " + value.length + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            byte[] request = new byte[line.length + value.length + END.length];
            System.arraycopy(line, 0, request, 0, line.length);
            System.arraycopy(value, 0, request, line.length, value.length);
            System.arraycopy(END, 0, request, line.length + value.length, END.length);
            this.out.write(request);
            String status = line();
            if (!status.startsWith("HD")) {
                throw new IOException(status);
            }
        }

        private String line() throws IOException {
            StringBuilder line = new StringBuilder(16);
            int next = this.in.read();
            while (next != '\n') {
                if (next < 0) {
                    throw new IOException("closed");
                }
                line.append((char) next);
                next = this.in.read();
            }
            return line.toString();
        }

    }

}
