package io.memlink.spring.cache;

/**
 * How the items of a cache are called: {@code prefix/cache:generation:key}, or
 * {@code cache:generation:key} without a prefix. Neither the prefix nor the name of a
 * cache holds a separator of its own, so that caches stay apart whatever they are called.
 * At most 186 bytes, since a key with spaces travels as base64. Immutable.
 */
final class EntryNames {

    /** Of a prefix, and of the name of a cache; what is longer is folded. */
    private static final int MAX_PART_BYTES = 44;

    private final String cache;

    EntryNames(String prefix, String cache) {
        String name = part(cache);
        this.cache = prefix.isEmpty() ? name : part(prefix) + "/" + name;
    }

    private static String part(String text) {
        String named = KeyText.of(text);
        // Only what is not plain text needs to say so.
        String shown = named.startsWith("s") ? escape(text) : "%" + named;
        return KeyText.folded(shown, MAX_PART_BYTES);
    }

    private static String escape(String text) {
        return text.replace("%", "%25").replace(":", "%3A").replace("/", "%2F").replace("#", "%23");
    }

    String generation() {
        return this.cache + ":generation";
    }

    String entry(String generation, String key) {
        return this.cache + ":" + generation + ":" + key;
    }

}
