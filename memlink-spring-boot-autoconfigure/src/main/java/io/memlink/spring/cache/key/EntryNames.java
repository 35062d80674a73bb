package io.memlink.spring.cache.key;

/**
 * Names of the items of a cache: {@code prefix/cache:generation:key}, or {@code
 * cache:generation:key} without a prefix. Neither the prefix nor the name of a cache
 * contains a separator, so that caches never share a name. At most 186 bytes, since a key
 * with spaces travels as base64. Immutable.
 */
public final class EntryNames {

    /** Of a prefix, and of the name of a cache; what is longer is folded. */
    private static final int MAX_PART_BYTES = 44;

    private final String cache;

    /**
     * Creates the names of the items of one cache.
     * @param prefix tells applications apart; empty for none
     * @param cache the name of the cache
     */
    public EntryNames(String prefix, String cache) {
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

    /**
     * Returns the name of the item that holds the generation.
     * @return the name
     */
    public String generation() {
        return this.cache + ":generation";
    }

    /**
     * Returns the name of the item of an entry.
     * @param generation the generation, as text
     * @param key the {@link CacheKeys#text text} of its key
     * @return the name
     */
    public String entry(String generation, String key) {
        return this.cache + ":" + generation + ":" + key;
    }

}
