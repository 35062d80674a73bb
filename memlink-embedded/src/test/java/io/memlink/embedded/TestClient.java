package io.memlink.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A connection that sends and receives bytes as they are. A read that takes too long
 * fails.
 */
final class TestClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket;

    private final InputStream in;

    TestClient(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    TestClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(TIMEOUT_MILLIS);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(this.socket.getInputStream());
    }

    TestClient send(String bytes) throws IOException {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestClient send(byte[] bytes) throws IOException {
        this.socket.getOutputStream().write(bytes);
        return this;
    }

    /** Reads so many bytes, fewer if the server closes. */
    String read(int length) throws IOException {
        return new String(this.in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to a line, which is read too. */
    String readUntil(String last) throws IOException {
        StringBuilder lines = new StringBuilder();
        String line = "";
        while (!line.strip().equals(last)) {
            line = readLine();
            if (line.isEmpty()) {
                throw new IOException("closed after: " + lines);
            }
            lines.append(line);
        }
        return lines.toString();
    }

    String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = this.in.read(); next >= 0; next = this.in.read()) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    /**
     * Sends requests and a no-op, and reads up to the reply of the no-op, which is left
     * out.
     */
    String exchange(String requests) throws IOException {
        send(requests + "mn\r\n");
        StringBuilder received = new StringBuilder();
        while (!received.toString().endsWith("MN\r\n")) {
            int next = this.in.read();
            if (next < 0) {
                throw new IOException("closed after: " + received);
            }
            received.append((char) next);
        }
        return received.substring(0, received.length() - "MN\r\n".length());
    }

    /** Tells whether a reply is missing, as long as that takes to be believed. */
    boolean readsNothingYet() throws IOException {
        this.socket.setSoTimeout(100);
        try {
            this.in.read();
            return false;
        }
        catch (SocketTimeoutException ex) {
            return true;
        }
        finally {
            this.socket.setSoTimeout(TIMEOUT_MILLIS);
        }
    }

    boolean isAtEnd() throws IOException {
        return this.in.read() < 0;
    }

    /**
     * Tells whether the server has reset the connection, or closed it, without a byte.
     */
    boolean isCutOff() throws IOException {
        try {
            return isAtEnd();
        }
        catch (SocketException ex) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

}
