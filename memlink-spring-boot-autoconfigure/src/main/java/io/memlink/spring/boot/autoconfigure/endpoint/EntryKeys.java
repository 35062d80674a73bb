package io.memlink.spring.boot.autoconfigure.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.memlink.spring.cache.MemlinkCache;
import io.memlink.spring.cache.MemlinkCacheConfiguration;
import io.memlink.spring.cache.generation.Generation;
import io.memlink.spring.cache.key.CacheKeys;
import io.memlink.spring.cache.key.EntryNames;
import io.memlink.time.Timers;

/**
 * Keys on the servers of the entries that a text may stand for: a cache compares keys
 * with their types, which a text does not tell.
 *
 * @param cache the cache of the entries
 */
record EntryKeys(MemlinkCache cache) {

    /** Asked once, so that nothing has to be kept. */
    private static final Duration ANY_LAG = Duration.ofSeconds(1);

    /**
     * Returns the keys by the simple names of the types.
     * @param text the key as an operator writes it
     * @throws IllegalArgumentException where it is the key of no entry
     */
    Map<String, String> of(String text) {
        MemlinkCacheConfiguration configuration = this.cache.getCacheConfiguration();
        EntryNames names = new EntryNames(configuration.keyPrefix(), this.cache.getName());
        CacheKeys keys = new CacheKeys(configuration.conversionService());
        Map<String, String> found = new LinkedHashMap<>();
        String generation = new Generation(this.cache.getNativeCache(), names.generation(), ANY_LAG, Timers.ofThisJvm())
            .apply(CompletableFuture::completedFuture)
            .join();
        for (Object key : candidates(text)) {
            found.put(key.getClass().getSimpleName(), names.entry(generation, keys.text(key)));
        }
        return found;
    }

    private static List<Object> candidates(String text) {
        List<Object> candidates = new ArrayList<>();
        candidates.add(text);
        try {
            long number = Long.parseLong(text);
            if (number == (int) number) {
                candidates.add((int) number);
            }
            candidates.add(number);
        }
        catch (NumberFormatException ex) {
            addUuid(candidates, text);
        }
        return candidates;
    }

    private static void addUuid(List<Object> candidates, String text) {
        try {
            candidates.add(UUID.fromString(text));
        }
        catch (IllegalArgumentException ex) {
            // It is a text and nothing else.
        }
    }

}
