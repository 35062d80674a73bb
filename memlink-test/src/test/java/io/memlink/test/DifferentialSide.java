package io.memlink.test;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of two servers that get the same requests. Gives them the server's own CAS ids, and
 * takes out of the replies what may differ: CAS ids become the number of their first
 * appearance, times are rounded.
 */
final class DifferentialSide implements AutoCloseable {

    private static final Pattern COMPARE = Pattern.compile("<([@^])(\\d+)>");

    private static final int TIMEOUT_MILLIS = 5_000;

    private final Socket socket;

    private final InputStream in;

    private final Map<String, Integer> order = new HashMap<>();

    private final Map<String, List<String>> casByKey = new HashMap<>();

    DifferentialSide(InetSocketAddress address) throws IOException {
        this.socket = new Socket(address.getAddress(), address.getPort());
        this.socket.setSoTimeout(TIMEOUT_MILLIS);
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(this.socket.getInputStream());
    }

    void send(List<String> commands) throws IOException {
        StringBuilder batch = new StringBuilder();
        commands.forEach((command) -> batch.append(withCas(command)));
        this.socket.getOutputStream().write((batch + "mg end Oend\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    private String withCas(String command) {
        return COMPARE.matcher(command).replaceAll((match) -> {
            List<String> seen = this.casByKey.getOrDefault(match.group(2), List.of("999999999"));
            return seen.get(match.group(1).equals("@") ? seen.size() - 1 : Math.max(seen.size() - 2, 0));
        });
    }

    /** Reads the replies of a batch. The key of its end mark is never stored. */
    List<String> receive() throws IOException {
        List<String> replies = new ArrayList<>();
        String line = readLine();
        while (!line.equals("EN Oend\r\n")) {
            if (line.isEmpty()) {
                throw new IOException("closed after " + replies);
            }
            String data = line.startsWith("VA ") || line.startsWith("VALUE ") ? read(size(line) + 2) : "";
            replies.add(normalised(line) + data);
            line = readLine();
        }
        return replies;
    }

    private String read(int length) throws IOException {
        return new String(this.in.readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = 0;
        while (next >= 0 && next != '\n') {
            next = this.in.read();
            if (next >= 0) {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    private static int size(String line) {
        String[] words = line.trim().split(" ");
        return Integer.parseInt(words[line.startsWith("VALUE ") ? 3 : 1]);
    }

    private String normalised(String line) {
        String[] words = line.substring(0, line.length() - 2).split(" ");
        if (words[0].equals("VALUE")) {
            words[4] = ordered(words[4]);
            return String.join(" ", words);
        }
        String key = opaqueKey(words);
        for (int i = 1; i < words.length && words[0].length() == 2; i++) {
            if (words[i].matches("c\\d+")) {
                remember(key, words[i].substring(1));
                words[i] = "c" + ordered(words[i].substring(1));
            }
            else if (words[i].matches("t\\d+")) {
                words[i] = "t" + rounded(Long.parseLong(words[i].substring(1)));
            }
            else if (words[i].matches("l\\d+")) {
                words[i] = "l";
            }
        }
        return String.join(" ", words);
    }

    private static String opaqueKey(String[] words) {
        for (String word : words) {
            Matcher opaque = Pattern.compile("O\\d+\\.(\\d+)").matcher(word);
            if (opaque.matches()) {
                return opaque.group(1);
            }
        }
        return "";
    }

    private void remember(String key, String cas) {
        if (cas.equals("0")) {
            return;
        }
        List<String> seen = this.casByKey.computeIfAbsent(key, (absent) -> new ArrayList<>());
        if (!seen.contains(cas)) {
            seen.add(cas);
        }
    }

    private String ordered(String cas) {
        return cas.equals("0") ? cas : "#" + this.order.computeIfAbsent(cas, (absent) -> this.order.size());
    }

    // A test run takes seconds; the TTLs are thousands apart, a date is far away, and
    // what has expired wraps around.
    private static String rounded(long ttl) {
        return (ttl > 4_000_000_000L) ? "expired" : (ttl > 1_000_000) ? "date" : String.valueOf((ttl + 500) / 1000);
    }

    @Override
    public void close() throws IOException {
        this.socket.close();
    }

}
