package io.memlink.spring.cache.fence;

/**
 * The owner of a miss, who may follow it with a put: a thread, or whoever has the view of
 * the cache that missed.
 *
 * @param thread the number of a thread, which is never used again; 0 for that of a view
 * @param view what tells most views apart; 0 for that of a thread
 * @param key the key, as text
 */
record MissOwner(long thread, int view, String key) {

    static MissOwner present(String key) {
        return new MissOwner(Thread.currentThread().getId(), 0, key);
    }

    static MissOwner of(Object view, String key) {
        return new MissOwner(0, System.identityHashCode(view), key);
    }

    boolean isPresent() {
        return this.thread == Thread.currentThread().getId();
    }

}
