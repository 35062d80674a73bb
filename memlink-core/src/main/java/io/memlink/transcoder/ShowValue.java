package io.memlink.transcoder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import io.memlink.meta.EncodedValue;
import org.jspecify.annotations.Nullable;

/**
 * Command line that prints a value as text, without the classes of the application:
 * {@code HOST:PORT KEY} asks a server for it, {@code FILE} reads the bytes of the value
 * format from a file. Needs nothing but this JAR file and the JDK.
 */
final class ShowValue {

    private static final String USAGE = "Usage: HOST:PORT KEY, or FILE with bytes of the value format; --structure"
            + " as the last argument hides the content";

    private static final int TIMEOUT_MILLIS = 5000;

    private static final int MAX_LINE = 2048;

    private ShowValue() {
    }

    public static void main(String[] args) {
        System.exit(run(args, System.out));
    }

    static int run(String[] args, PrintStream out) {
        boolean show = args.length == 0 || !args[args.length - 1].equals("--structure");
        int arguments = show ? args.length : args.length - 1;
        if (arguments < 1 || arguments > 2) {
            out.println(USAGE);
            return 2;
        }
        try {
            EncodedValue value = (arguments == 2) ? ask(args[0], args[1])
                    : new EncodedValue(Files.readAllBytes(Path.of(args[0])), ClientFlags.of(ClientFlags.TYPED).bits());
            if (value == null) {
                out.println("no value");
                return 1;
            }
            ValueDescription description = ValueDescription.of(value, show);
            out.println(description.format() + ", " + description.bytes() + " bytes");
            out.println(description.text());
            return 0;
        }
        catch (IOException | IllegalArgumentException ex) {
            out.println(ex);
            return 1;
        }
    }

    private static @Nullable EncodedValue ask(String server, String key) throws IOException {
        int colon = server.lastIndexOf(':');
        if (colon < 0 || key.isEmpty() || key.chars().anyMatch((c) -> c <= ' ' || c > '~')) {
            throw new IllegalArgumentException(USAGE);
        }
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))),
                    TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(("mg " + key + " v f\r\n").getBytes(StandardCharsets.US_ASCII));
            return read(socket.getInputStream());
        }
    }

    private static @Nullable EncodedValue read(InputStream in) throws IOException {
        String line = line(in);
        if (line.startsWith("EN")) {
            return null;
        }
        String[] words = line.split(" ");
        if (words.length < 3 || !words[0].equals("VA") || !words[2].startsWith("f")) {
            throw new IOException("reply: " + line + " (expected: a value)");
        }
        byte[] data = in.readNBytes(Integer.parseInt(words[1]));
        return new EncodedValue(data, Integer.parseUnsignedInt(words[2].substring(1)));
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0 && c != '\n' && line.size() < MAX_LINE; c = in.read()) {
            line.write(c);
        }
        return line.toString(StandardCharsets.US_ASCII).strip();
    }

}
