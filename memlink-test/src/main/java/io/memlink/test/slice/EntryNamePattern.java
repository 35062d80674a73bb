package io.memlink.test.slice;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Tells which items hold an entry of a cache. Items are named
 * {@code prefix/cache:generation:key}; neither the prefix nor the name of the cache has a
 * {@code :} or {@code /} of its own, and what is long is replaced by its hash. Immutable.
 */
final class EntryNamePattern {

    private static final int MAX_CACHE_BYTES = 44;

    private static final int MAX_KEY_BYTES = 80;

    private final Pattern pattern;

    EntryNamePattern(String cache, Object key) {
        String name = folded(escape(cache), MAX_CACHE_BYTES);
        String text = folded(text(key), MAX_KEY_BYTES);
        this.pattern = Pattern.compile("(?:[^:/]+/)?" + Pattern.quote(name) + ":[^:]+:" + Pattern.quote(text),
                Pattern.DOTALL);
    }

    boolean matches(String item) {
        return this.pattern.matcher(item).matches();
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace(":", "%3A").replace("/", "%2F").replace("#", "%23");
    }

    private static String text(Object key) {
        if (key instanceof String) {
            return "s" + key;
        }
        if (key instanceof Integer) {
            return "i" + key;
        }
        if (key instanceof Long) {
            return "l" + key;
        }
        if (key instanceof Enum<?> constant) {
            return "v" + constant.getDeclaringClass().getName() + ":s" + constant.name();
        }
        if (key instanceof Number || key instanceof UUID) {
            return "v" + key.getClass().getName() + ":s" + key;
        }
        throw new IllegalArgumentException(
                "key: " + key.getClass().getName() + " (expected: a text, a number, a UUID or a constant of an enum)");
    }

    private static String folded(String text, int maxBytes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= maxBytes) {
            return text;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return "#" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        }
        catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

}
