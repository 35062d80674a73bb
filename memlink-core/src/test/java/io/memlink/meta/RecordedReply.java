package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.memlink.meta.MetaReply.Exists;
import io.memlink.meta.MetaReply.Miss;
import io.memlink.meta.MetaReply.NotStored;
import org.jspecify.annotations.Nullable;

/**
 * One reply of a recorded response, read independently of the code under test.
 *
 * @param status the first word
 * @param flags the words behind it, without the opaque
 * @param value the value; {@code null} where there is none
 */
record RecordedReply(String status, List<String> flags, @Nullable String value) {

    /**
     * Splits a response into its replies.
     * @return the replies; {@code null} where it is not a sequence of complete ones
     */
    static @Nullable List<RecordedReply> split(String response) {
        List<RecordedReply> replies = new ArrayList<>();
        int position = 0;
        while (position < response.length()) {
            int end = response.indexOf("\r\n", position);
            if (end < 0) {
                return null;
            }
            String line = response.substring(position, end);
            List<String> words = new ArrayList<>(List.of(line.split(" +")));
            position = end + 2;
            String value = null;
            if (words.get(0).equals("VA")) {
                int length = Integer.parseInt(words.remove(1));
                value = response.substring(position, position + length);
                position += length + 2;
            }
            String status = words.remove(0);
            if (isMeta(status)) {
                words.removeIf((word) -> word.startsWith("O"));
                replies.add(new RecordedReply(status, words, value));
            }
            else {
                replies.add(new RecordedReply(line, List.of(), null));
            }
        }
        return replies;
    }

    private static boolean isMeta(String status) {
        return List.of("HD", "VA", "EN", "NF", "NS", "EX").contains(status);
    }

    boolean isError() {
        return !isMeta(this.status) && !this.status.equals("MN");
    }

    /** The reply as the server would have given it to the request with an opaque. */
    String text(String opaque) {
        if (!isMeta(this.status)) {
            return this.status + "\r\n";
        }
        StringBuilder text = new StringBuilder(this.status);
        if (this.value != null) {
            text.append(' ').append(this.value.length());
        }
        this.flags.forEach((flag) -> text.append(' ').append(flag));
        text.append(" O").append(opaque).append("\r\n");
        return (this.value != null) ? text.append(this.value).append("\r\n").toString() : text.toString();
    }

    /** What a client should make of it. */
    String meaning(String command) {
        if (isError()) {
            return this.status;
        }
        return switch (this.status) {
            case "EN", "NF" -> "miss";
            case "NS" -> "not stored";
            case "EX" -> "exists";
            default -> details(command);
        };
    }

    private String details(String command) {
        Map<String, String> details = new TreeMap<>();
        boolean number = command.equals("ma");
        if (this.value != null) {
            details.put("value", this.value);
        }
        for (String flag : this.flags) {
            String letter = flag.substring(0, 1);
            String argument = flag.substring(1);
            details.put(letter, switch (letter) {
                case "t" -> argument.equals("-1") ? "never" : (argument.length() > 9) ? "0" : argument;
                case "h" -> argument.equals("1") ? "yes" : "no";
                default -> argument;
            });
        }
        details.remove("b");
        return (command.equals("mg") ? "hit " : "done ") + (number && this.value == null ? "" : "") + details;
    }

    /** What the client made of it, said in the same way, where the reply told it. */
    String meaning(MetaReply reply, String command) {
        if (reply instanceof Miss) {
            return "miss";
        }
        if (reply instanceof NotStored) {
            return "not stored";
        }
        if (reply instanceof Exists) {
            return "exists";
        }
        Map<String, String> details = new TreeMap<>();
        if (reply instanceof Hit hit) {
            add(details, hit);
        }
        else if (reply instanceof Done done && this.value != null) {
            details.put("value", Long.toUnsignedString(done.number()));
        }
        addCommon(details, (ItemReply) reply);
        return ((reply instanceof Hit) ? "hit " : "done ") + details;
    }

    private void add(Map<String, String> details, Hit hit) {
        if (hit.value() != null) {
            details.put("value", new String(hit.value(), StandardCharsets.ISO_8859_1));
        }
        if (told("f")) {
            details.put("f", Integer.toUnsignedString(hit.clientFlags()));
        }
        if (told("h")) {
            details.put("h", hit.hitBefore() ? "yes" : "no");
        }
        if (hit.lastAccessSeconds() >= 0) {
            details.put("l", String.valueOf(hit.lastAccessSeconds()));
        }
        if (hit.stale()) {
            details.put("X", "");
        }
        if (hit.won()) {
            details.put("W", "");
        }
        if (hit.alreadyWon()) {
            details.put("Z", "");
        }
    }

    private void addCommon(Map<String, String> details, ItemReply reply) {
        if (told("c")) {
            details.put("c", Long.toUnsignedString(reply.casToken()));
        }
        if (told("t")) {
            Duration timeToLive = reply.timeToLive();
            details.put("t", (timeToLive != null) ? String.valueOf(timeToLive.toSeconds()) : "never");
        }
        if (reply.size() >= 0) {
            details.put("s", String.valueOf(reply.size()));
        }
        if (reply.echoedKey() != null) {
            details.put("k", new String(reply.echoedKey(), StandardCharsets.ISO_8859_1));
        }
    }

    private boolean told(String letter) {
        return this.flags.stream().anyMatch((flag) -> flag.startsWith(letter));
    }

}
