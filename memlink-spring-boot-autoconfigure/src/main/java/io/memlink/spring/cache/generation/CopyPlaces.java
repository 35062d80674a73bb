package io.memlink.spring.cache.generation;

import io.memlink.KeyCopies;
import io.memlink.MemlinkClient;
import io.memlink.meta.Key;
import org.jspecify.annotations.Nullable;

/**
 * The places of the copies of a generation: on three backends, or on all where there are
 * fewer. Follows changes of the backends. Safe for use by many threads.
 */
final class CopyPlaces {

    private static final int MAX_COPIES = 3;

    private final MemlinkClient client;

    private final String key;

    private @Nullable KeyCopies backends;

    private @Nullable Copies copies;

    CopyPlaces(MemlinkClient client, String key) {
        this.client = client;
        this.key = key;
    }

    /** Returns the copies as they are placed now. */
    synchronized Copies copies() {
        Copies copies = this.copies;
        KeyCopies before = this.backends;
        if (copies == null || before == null || !before.isCurrent()) {
            KeyCopies backends = this.client.copies(this.key, MAX_COPIES);
            copies = new BackendCopies(backends, Key.of(this.key));
            this.backends = backends;
            this.copies = copies;
        }
        return copies;
    }

    /** Returns whether enough of the backends are used at this moment. */
    boolean areUsable() {
        KeyCopies backends = this.client.copies(this.key, MAX_COPIES);
        int usable = 0;
        for (int i = 0; i < backends.count(); i++) {
            usable += backends.isUsable(i) ? 1 : 0;
        }
        return usable >= new CopyRule(backends.count()).toUse();
    }

}
