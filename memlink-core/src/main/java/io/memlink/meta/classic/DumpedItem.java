package io.memlink.meta.classic;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * What a server tells about one of its items when it lists them. Immutable.
 *
 * @param key the key
 * @param expiresAt when it expires; {@code null} for never
 * @param lastAccess when it was used last
 * @param casToken what identifies this version, unsigned
 * @param fetched whether it was ever read
 * @param slabClass where it lies in the server's memory
 * @param bytes how much memory it takes, key and overhead included
 * @since 0.1.0
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
