package io.memlink.spring.cache.fence;

/**
 * The owner of a miss, who may follow it with a put.
 *
 * @param thread the number of a thread, which is never used again; 0 for any
 * @param key the key, as text
 */
record MissOwner(long thread, String key) {

    private static final long ANY = 0;

    static MissOwner present(String key) {
        return new MissOwner(Thread.currentThread().getId(), key);
    }

    static MissOwner any(String key) {
        return new MissOwner(ANY, key);
    }

    boolean isAny() {
        return this.thread == ANY;
    }

    /** Returns whether the present thread may. */
    boolean isPresent() {
        return this.thread == ANY || this.thread == Thread.currentThread().getId();
    }

}
