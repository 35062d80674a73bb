package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;

import io.memlink.link.Request;
import io.memlink.meta.Expiration;
import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * The commands of the classic protocol for those who run servers. They have no key, so
 * they are sent down the {@link io.memlink.link.Link} of one server, and better not down
 * one that carries traffic: some take long, and all others wait.
 * <p>
 * A command that the server refuses, because it is unknown, forbidden or does not make
 * sense at the moment, fails with {@link io.memlink.error.MemlinkServerException}.
 *
 * @see <a href=
 * "https://github.com/memcached/memcached/blob/master/doc/protocol.txt">protocol.txt,
 * "Statistics" and "Other commands"</a>
 * @since 0.1.0
 */
public final class ServerCommands {

    private static final Pattern ARGUMENTS = Pattern.compile("[a-z0-9_]+( [a-z0-9_]+)*");

    private ServerCommands() {
    }

    /**
     * Asks for the version; a proxy answers its own.
     * @return a request for text such as {@code 1.6.45}
     */
    public static Request<String> version() {
        return new LineCommand("version", "VERSION", true);
    }

    /**
     * Asks for the general statistics.
     * @return a request for names and values, in the order of the server
     */
    public static Request<Map<String, String>> stats() {
        return new StatsCommand("stats", true);
    }

    /**
     * Asks for other statistics.
     * @param arguments which, for example {@code settings}, {@code items}, {@code slabs},
     * {@code conns}, {@code sizes}, {@code detail dump}, {@code cachedump 1 100}; words
     * of lower-case letters, digits and underscores; {@code reset} has a
     * {@link #resetStats() command of its own}
     * @return a request for names and values, in the order of the server
     * @throws IllegalArgumentException where the arguments are not such words
     */
    public static Request<Map<String, String>> stats(String arguments) {
        if (!ARGUMENTS.matcher(Objects.requireNonNull(arguments, "arguments")).matches() || arguments.equals("reset")) {
            throw new IllegalArgumentException(
                    "stats: \"" + arguments + "\" (expected: words such as items, not reset)");
        }
        return new StatsCommand("stats " + arguments, false);
    }

    /**
     * Sets the counters to zero.
     * @return a request without a result
     */
    public static Request<String> resetStats() {
        return new LineCommand("stats reset", "RESET", false);
    }

    /**
     * Makes all items of a server unreachable.
     * @return a request without a result
     */
    public static Request<String> flushAll() {
        return new LineCommand("flush_all", "OK", false);
    }

    /**
     * Makes all items unreachable that were stored before a time to come.
     * @param delay until then; rounded up to a second, positive, at most 30 days
     * @return a request without a result
     */
    public static Request<String> flushAll(Duration delay) {
        Expiration expiration = Expiration.after(Objects.requireNonNull(delay, "delay"));
        if (delay.isZero() || delay.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: more than zero, at most 30 days)");
        }
        return new LineCommand("flush_all " + expiration.wireSeconds(), "OK", false);
    }

    /**
     * Sets how much a server logs.
     * @param level 0 or more
     * @return a request without a result
     */
    public static Request<String> verbosity(int level) {
        if (level < 0) {
            throw new IllegalArgumentException("level: " + level + " (expected: 0 or more)");
        }
        return new LineCommand("verbosity " + level, "OK", false);
    }

    /**
     * Sets how much memory a server may use for items.
     * @param megabytes 1 or more; servers refuse less than 8
     * @return a request without a result
     */
    public static Request<String> cacheMemlimit(int megabytes) {
        if (megabytes < 1) {
            throw new IllegalArgumentException("megabytes: " + megabytes + " (expected: 1 or more)");
        }
        return new LineCommand("cache_memlimit " + megabytes, "OK", false);
    }

    /**
     * Lists all items. Needs a link of its own, with a long request timeout: the server
     * refuses it behind other commands.
     * @param consumer gets each item, on the event loop; what it throws ends the
     * connection
     * @return a request for the number of items
     */
    public static Request<Long> metadump(Consumer<DumpedItem> consumer) {
        return new MetadumpCommand(Objects.requireNonNull(consumer, "consumer"));
    }

    /**
     * Asks the configuration endpoint of a cloud provider (ElastiCache, Memorystore) for
     * the nodes of its cluster. Other servers refuse it; a proxy closes the connection.
     * @return a request for the nodes
     */
    public static Request<ClusterConfig> clusterConfig() {
        return new ClusterConfigCommand();
    }

    /**
     * The description of one item in a server's list of its items. Immutable.
     *
     * @param key the key
     * @param expiresAt when it expires; {@code null} for never
     * @param lastAccess when it was used last
     * @param casToken what identifies this version, unsigned
     * @param fetched whether it was ever read
     * @param slabClass where it lies in the server's memory
     * @param bytes how much memory it takes, key and overhead included
     */
    public record DumpedItem(Key key, @Nullable Instant expiresAt, Instant lastAccess, long casToken, boolean fetched,
            int slabClass, int bytes) {

        /**
         * Reads a line such as
         * {@code key=a%20b exp=-1 la=1700000000 cas=7 fetch=no cls=1 size=60}.
         * @throws IllegalArgumentException where it is none
         */
        static DumpedItem parse(String line) {
            Map<String, String> fields = new LinkedHashMap<>();
            for (String word : line.split(" +")) {
                int equals = word.indexOf('=');
                if (equals > 0) {
                    fields.put(word.substring(0, equals), word.substring(equals + 1));
                }
            }
            long expiration = Long.parseLong(field(fields, "exp"));
            return new DumpedItem(Key.of(unescape(field(fields, "key"))),
                    (expiration >= 0) ? Instant.ofEpochSecond(expiration) : null,
                    Instant.ofEpochSecond(Long.parseLong(field(fields, "la"))),
                    Long.parseUnsignedLong(field(fields, "cas")), field(fields, "fetch").equals("yes"),
                    Integer.parseInt(field(fields, "cls")), Integer.parseInt(field(fields, "size")));
        }

        private static String field(Map<String, String> fields, String name) {
            String value = fields.get(name);
            if (value == null) {
                throw new IllegalArgumentException("no " + name);
            }
            return value;
        }

        private static byte[] unescape(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            int length = 0;
            for (int i = 0; i < bytes.length; i++) {
                byte b = bytes[i];
                if (b == '%' && i + 2 < bytes.length) {
                    b = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
                    i += 2;
                }
                bytes[length++] = b;
            }
            return Arrays.copyOf(bytes, length);
        }

    }

}
