package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One command of a recorded request, read independently of the code under test.
 *
 * @param words the words of its line
 * @param payload what followed the line; {@code null} where nothing did
 */
record RecordedCommand(List<String> words, @Nullable String payload) {

    /**
     * Splits a request into its commands.
     * @return the commands; {@code null} where it is not a sequence of complete ones
     */
    static @Nullable List<RecordedCommand> split(String request) {
        List<RecordedCommand> commands = new ArrayList<>();
        int position = 0;
        while (position < request.length()) {
            int end = request.indexOf("\r\n", position);
            if (end < 0) {
                return null;
            }
            List<String> words = List.of(request.substring(position, end).split(" ", -1));
            position = end + 2;
            String payload = null;
            if (words.get(0).equals("ms")) {
                if (words.size() < 3 || !words.get(2).matches("\\d{1,8}")) {
                    return null;
                }
                int length = Integer.parseInt(words.get(2));
                if (request.length() < position + length + 2 || !request.startsWith("\r\n", position + length)) {
                    return null;
                }
                payload = request.substring(position, position + length);
                position += length + 2;
            }
            commands.add(new RecordedCommand(words, payload));
        }
        return commands;
    }

    boolean isNoop() {
        return this.words.equals(List.of("mn"));
    }

    boolean isQuiet() {
        return flags().contains("q");
    }

    /** The flags but the opaque and the quiet one, which the client sees to itself. */
    Set<String> plainFlags() {
        Set<String> flags = new HashSet<>(flags());
        flags.removeIf((flag) -> flag.startsWith("O") || flag.equals("q"));
        return flags;
    }

    private List<String> flags() {
        int first = this.words.get(0).equals("ms") ? 3 : 2;
        return (this.words.size() > first) ? this.words.subList(first, this.words.size()) : List.of();
    }

    /**
     * Builds the same command the way a user would.
     * @return the command; {@code null} where a client would not send this
     */
    @Nullable MetaCommand build() {
        if (this.words.size() < 2 || flags().contains("") || new HashSet<>(flags()).size() < flags().size()) {
            return null;
        }
        try {
            Key key = key();
            return (key != null) ? build(key) : null;
        }
        catch (IllegalArgumentException ex) {
            return null;
        }
    }

    private @Nullable Key key() {
        String word = this.words.get(1);
        boolean base64 = flags().contains("b");
        Key key = Key.of(base64 ? Base64.getDecoder().decode(word) : word.getBytes(StandardCharsets.ISO_8859_1));
        // A client sends each key in one form only.
        boolean same = Arrays.equals(key.wire(), word.getBytes(StandardCharsets.ISO_8859_1));
        return (same && key.isEncoded() == base64) ? key : null;
    }

    private @Nullable MetaCommand build(Key key) {
        return switch (this.words.get(0)) {
            case "mg" -> get(key);
            case "ms" -> set(key);
            case "md" -> delete(key);
            case "ma" -> arithmetic(key);
            default -> null;
        };
    }

    private MetaCommand get(Key key) {
        MetaGet.Builder builder = MetaGet.builder(key);
        for (String flag : plainFlags()) {
            switch (flag.charAt(0)) {
                case 'v' -> plain(flag, builder::value);
                case 'f' -> plain(flag, builder::clientFlags);
                case 'c' -> plain(flag, builder::casToken);
                case 't' -> plain(flag, builder::timeToLive);
                case 's' -> plain(flag, builder::size);
                case 'h' -> plain(flag, builder::hitBefore);
                case 'l' -> plain(flag, builder::lastAccess);
                case 'u' -> plain(flag, builder::noBump);
                case 'N' -> builder.vivify(expiration(flag));
                case 'R' -> builder.recacheBelow(Duration.ofSeconds(Long.parseLong(number(flag))));
                case 'T' -> builder.touch(expiration(flag));
                case 'C' -> builder.unlessCas(unsigned(flag));
                default -> common(builder, flag);
            }
        }
        return builder.build();
    }

    private MetaCommand set(Key key) {
        MetaSet.Builder builder = MetaSet.builder(key, this.payload.getBytes(StandardCharsets.ISO_8859_1));
        for (String flag : plainFlags()) {
            switch (flag.charAt(0)) {
                case 'C' -> builder.compareCas(unsigned(flag));
                case 'F' -> builder.clientFlags(clientFlags(flag));
                case 'I' -> plain(flag, builder::invalidate);
                case 'M' -> builder.mode(mode(flag));
                case 'N' -> builder.vivify(expiration(flag));
                case 'T' -> builder.expiration(expiration(flag));
                case 's' -> plain(flag, builder::size);
                case 'c' -> plain(flag, builder::casToken);
                default -> common(builder, flag);
            }
        }
        return builder.build();
    }

    private MetaCommand delete(Key key) {
        MetaDelete.Builder builder = MetaDelete.builder(key);
        for (String flag : plainFlags()) {
            switch (flag.charAt(0)) {
                case 'C' -> builder.compareCas(unsigned(flag));
                case 'I' -> plain(flag, builder::markStale);
                case 'x' -> plain(flag, builder::removeValue);
                case 'T' -> builder.expiration(expiration(flag));
                default -> common(builder, flag);
            }
        }
        return builder.build();
    }

    private MetaCommand arithmetic(Key key) {
        MetaArithmetic.Builder builder = MetaArithmetic.builder(key);
        String initial = null;
        Expiration initialExpiration = null;
        boolean delta = false;
        for (String flag : plainFlags()) {
            switch (flag.charAt(0)) {
                case 'C' -> builder.compareCas(unsigned(flag));
                case 'T' -> builder.touch(expiration(flag));
                case 'N' -> initialExpiration = expiration(flag);
                case 'J' -> initial = flag;
                case 'D' -> {
                    builder.delta(unsigned(flag));
                    delta = true;
                }
                case 'M' -> decrement(builder, flag);
                case 'v' -> plain(flag, builder::value);
                case 't' -> plain(flag, builder::timeToLive);
                case 'c' -> plain(flag, builder::casToken);
                default -> common(builder, flag);
            }
        }
        if ((initial != null) != (initialExpiration != null) || !delta) {
            // The client always tells both, and the delta.
            throw new IllegalArgumentException("another way to say the same");
        }
        return ((initial != null) ? builder.initial(unsigned(initial), initialExpiration) : builder).build();
    }

    private static void decrement(MetaArithmetic.Builder builder, String flag) {
        if (!flag.equals("MD")) {
            throw new IllegalArgumentException(flag);
        }
        builder.decrement();
    }

    private static void common(CommandBuilder<?> builder, String flag) {
        switch (flag.charAt(0)) {
            case 'b' -> plain(flag, () -> {
            });
            case 'k' -> plain(flag, builder::echoKey);
            case 'E' -> builder.newCas(unsigned(flag));
            case 'P' -> builder.proxyTokenP(flag.substring(1));
            case 'L' -> builder.proxyTokenL(flag.substring(1));
            default -> throw new IllegalArgumentException(flag);
        }
    }

    private static void plain(String flag, Runnable action) {
        if (flag.length() != 1) {
            throw new IllegalArgumentException(flag);
        }
        action.run();
    }

    private static String number(String flag) {
        String number = flag.substring(1);
        if (!number.matches("0|-1|[1-9]\\d*")) {
            throw new IllegalArgumentException(flag);
        }
        return number;
    }

    private static long unsigned(String flag) {
        return Long.parseUnsignedLong(number(flag));
    }

    private static int clientFlags(String flag) {
        if (number(flag).equals("0")) {
            throw new IllegalArgumentException("another way to say the same");
        }
        return Integer.parseUnsignedInt(number(flag));
    }

    private static Expiration expiration(String flag) {
        long seconds = Long.parseLong(number(flag));
        if (seconds > Duration.ofDays(30).toSeconds()) {
            throw new IllegalArgumentException("a date of the past");
        }
        if (seconds == 0) {
            return Expiration.never();
        }
        return Expiration.after(Duration.ofSeconds(Math.max(0, seconds)));
    }

    private static MetaSet.Mode mode(String flag) {
        return switch (flag) {
            case "ME" -> MetaSet.Mode.ADD;
            case "MA" -> MetaSet.Mode.APPEND;
            case "MP" -> MetaSet.Mode.PREPEND;
            case "MR" -> MetaSet.Mode.REPLACE;
            default -> throw new IllegalArgumentException(flag);
        };
    }

}
