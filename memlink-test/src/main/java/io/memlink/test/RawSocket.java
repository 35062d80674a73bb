package io.memlink.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Asks a server one thing over a connection of its own. Immutable.
 */
final class RawSocket {

    private static final int TIMEOUT_MILLIS = 5_000;

    private static final String END_MARK = "mn\r\n";

    private static final String END_MARK_REPLY = "MN\r\n";

    private final InetSocketAddress address;

    RawSocket(InetSocketAddress address) {
        this.address = address;
    }

    boolean accepts() {
        try (Socket socket = connect()) {
            return socket.isConnected();
        }
        catch (IOException ex) {
            return false;
        }
    }

    boolean answers(String request) {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(request));
            return socket.getInputStream().read() >= 0;
        }
        catch (IOException ex) {
            return false;
        }
    }

    /**
     * Sends requests and returns all they bring about. A no-op behind them shows where
     * the replies end.
     */
    String exchange(String requests) {
        String complete = requests.endsWith("\r\n") ? requests : requests + "\r\n";
        try (Socket socket = connect()) {
            socket.getOutputStream().write(bytes(complete + END_MARK));
            return readToMark(socket.getInputStream());
        }
        catch (IOException ex) {
            throw new UncheckedIOException("Cannot talk to " + this.address, ex);
        }
    }

    private static String readToMark(InputStream in) throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        byte[] chunk = new byte[64 * 1024];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            received.write(chunk, 0, length);
            String text = received.toString(StandardCharsets.ISO_8859_1);
            if (text.endsWith(END_MARK_REPLY)) {
                return text.substring(0, text.length() - END_MARK_REPLY.length());
            }
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(this.address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            return socket;
        }
        catch (IOException ex) {
            socket.close();
            throw ex;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

}
