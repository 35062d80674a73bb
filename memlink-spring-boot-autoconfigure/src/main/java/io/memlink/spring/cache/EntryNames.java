package io.memlink.spring.cache;

/**
 * How the items of a cache are called: {@code prefix:cache:generation:key}. At most 180
 * bytes, since a key with spaces travels as base64. Immutable.
 */
final class EntryNames {

    private static final int MAX_CACHE_NAME_BYTES = 46;

    private EntryNames() {
    }

    static String prefix(String prefix, String cache) {
        String name = CacheKeys.folded(escape(cache), MAX_CACHE_NAME_BYTES);
        return prefix.isEmpty() ? name : escape(prefix) + ":" + name;
    }

    /**
     * So that no name holds the separator, and caches stay apart whatever they are
     * called.
     */
    private static String escape(String name) {
        return name.replace("%", "%25").replace(":", "%3A");
    }

    static String generation(String prefix) {
        return prefix + ":generation";
    }

    static String entry(String prefix, String generation, String key) {
        return prefix + ":" + generation + ":" + key;
    }

}
