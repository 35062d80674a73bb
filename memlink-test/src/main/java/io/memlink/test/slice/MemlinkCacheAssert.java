package io.memlink.test.slice;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.StoredItem;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;

/**
 * Assertions on a cache. Begin with {@link #assertThatCache(Cache)}. Confined to one
 * thread.
 *
 * @since 0.1.0
 */
public final class MemlinkCacheAssert extends AbstractAssert<MemlinkCacheAssert, Cache> {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(5);

    private MemlinkCacheAssert(@Nullable Cache cache) {
        super(cache, MemlinkCacheAssert.class);
    }

    /**
     * Begins assertions on a cache.
     * @param cache the cache
     * @return the assertions
     */
    public static MemlinkCacheAssert assertThatCache(@Nullable Cache cache) {
        return new MemlinkCacheAssert(cache);
    }

    /**
     * Asserts that there is an entry, a cached null too.
     * @param key the key
     * @return these assertions
     */
    public MemlinkCacheAssert containsKey(Object key) {
        if (find(key) == null) {
            failWithMessage("%nExpecting cache <%s>%nto contain key <%s>%nbut it does not", name(), key);
        }
        return this;
    }

    /**
     * Asserts that there is no entry.
     * @param key the key
     * @return these assertions
     */
    public MemlinkCacheAssert doesNotContainKey(Object key) {
        Cache.ValueWrapper found = find(key);
        if (found != null) {
            failWithMessage("%nExpecting cache <%s>%nnot to contain key <%s>%nbut its value is <%s>", name(), key,
                    found.get());
        }
        return this;
    }

    /**
     * Asserts that there is an entry with this value.
     * @param key the key
     * @param value the value, which may be null
     * @return these assertions
     */
    public MemlinkCacheAssert containsEntry(Object key, @Nullable Object value) {
        containsKey(key);
        Cache.ValueWrapper found = find(key);
        Object actualValue = (found != null) ? found.get() : null;
        if (!Objects.deepEquals(actualValue, value)) {
            failWithMessage("%nExpecting cache <%s>%nto contain for key <%s>%nthe value <%s>%nbut it is <%s>", name(),
                    key, value, actualValue);
        }
        return this;
    }

    /**
     * Asserts that the entry was stored exactly once since the servers were emptied or it
     * was evicted: whoever asked for it, it was loaded once. Waits up to two seconds for
     * that.
     * @param key the key: a text, a number, a UUID or a constant of an enum
     * @param servers the servers behind the cache
     * @return these assertions
     */
    public MemlinkCacheAssert wasLoadedOnce(Object key, EmbeddedMemcached... servers) {
        return wasLoaded(1, key, servers);
    }

    /**
     * Asserts how often the entry was stored since the servers were emptied or it was
     * evicted. Waits up to two seconds until it was stored as often.
     * @param times how often, 0 for an entry that does not exist
     * @param key the key: a text, a number, a UUID or a constant of an enum
     * @param servers the servers behind the cache
     * @return these assertions
     */
    public MemlinkCacheAssert wasLoaded(int times, Object key, EmbeddedMemcached... servers) {
        EntryNamePattern name = new EntryNamePattern(name(), key);
        long stores = stores(name, servers);
        // A cache stores without being waited for.
        for (long end = System.nanoTime() + PATIENCE.toNanos(); stores < times && System.nanoTime() < end;) {
            LockSupport.parkNanos(PAUSE.toNanos());
            stores = stores(name, servers);
        }
        if (stores != times) {
            failWithMessage(
                    "%nExpecting key <%s> of cache <%s>%nto have been loaded %s time(s)%nbut it was %s, among what is stored:%n%s",
                    key, name(), times, stores, all(servers));
        }
        return this;
    }

    private static List<StoredItem> all(EmbeddedMemcached... servers) {
        return Arrays.stream(servers).flatMap((server) -> server.items().stream()).toList();
    }

    private static long stores(EntryNamePattern name, EmbeddedMemcached... servers) {
        return all(servers).stream().filter((item) -> name.matches(item.key())).mapToLong(StoredItem::stores).sum();
    }

    private Cache.@Nullable ValueWrapper find(Object key) {
        isNotNull();
        return this.actual.get(key);
    }

    private String name() {
        isNotNull();
        return this.actual.getName();
    }

}
