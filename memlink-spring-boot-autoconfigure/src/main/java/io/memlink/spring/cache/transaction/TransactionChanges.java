package io.memlink.spring.cache.transaction;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The changes that one transaction has made to one cache: seen by itself at once, done
 * when it has committed, and forgotten when it is rolled back. Confined to the thread of
 * the transaction.
 */
final class TransactionChanges implements TransactionSynchronization {

    private final Object cache;

    private final Cache target;

    private final CacheErrorHandler errorHandler;

    private final Map<Object, Change> changes = new LinkedHashMap<>();

    private boolean cleared;

    private TransactionChanges(Object cache, Cache target, CacheErrorHandler errorHandler) {
        this.cache = cache;
        this.target = target;
        this.errorHandler = errorHandler;
    }

    /**
     * Returns the changes of the present transaction to a cache; {@code null} where there
     * are none.
     * @param cache what all views of the cache have in common
     */
    static @Nullable TransactionChanges present(Object cache) {
        return TransactionSynchronizationManager.isSynchronizationActive()
                ? (TransactionChanges) TransactionSynchronizationManager.getResource(cache) : null;
    }

    /** Returns those changes, which begin where there are none. */
    static TransactionChanges begin(Object cache, Cache target, CacheErrorHandler errorHandler) {
        TransactionChanges present = present(cache);
        if (present != null) {
            return present;
        }
        TransactionChanges begun = new TransactionChanges(cache, target, errorHandler);
        TransactionSynchronizationManager.bindResource(cache, begun);
        TransactionSynchronizationManager.registerSynchronization(begun);
        return begun;
    }

    /** Returns what was done to a key; {@code null} for nothing. */
    @Nullable Change of(Object key) {
        Change change = this.changes.get(key);
        return (change == null && this.cleared) ? Change.EVICTED : change;
    }

    void evicted(Object key) {
        this.changes.put(key, Change.EVICTED);
    }

    void cleared() {
        this.cleared = true;
        this.changes.clear();
    }

    /**
     * Remembers a put.
     * @param view puts it when the transaction has committed
     * @param loaded whether it follows a miss
     */
    void put(Cache view, Object key, @Nullable Object value, boolean loaded, boolean ifAbsent) {
        Change before = of(key);
        boolean evicted = before != null && before.evicted();
        this.changes.put(key, new Change(view, value, evicted, loaded, ifAbsent));
    }

    @Override
    public void suspend() {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.cache);
    }

    @Override
    public void resume() {
        TransactionSynchronizationManager.bindResource(this.cache, this);
    }

    /** All is done, whatever fails; the first failure that a handler throws is thrown. */
    @Override
    public void afterCommit() {
        Failures failures = new Failures();
        if (this.cleared) {
            failures.run(this.target::clear,
                    (failure) -> this.errorHandler.handleCacheClearError(failure, this.target));
        }
        this.changes.forEach((key, change) -> {
            if (change.evicted()) {
                failures.run(() -> this.target.evict(key),
                        (failure) -> this.errorHandler.handleCacheEvictError(failure, this.target, key));
            }
            Cache view = change.view();
            // What was loaded after an eviction may be older than what others have
            // committed since, and there is no token that would tell.
            if (view != null && !(change.loaded() && change.evicted())) {
                failures.run(() -> change.put(view, key),
                        (failure) -> this.errorHandler.handleCachePutError(failure, view, key, change.value()));
            }
        });
        failures.throwFirst();
    }

    @Override
    public void afterCompletion(int status) {
        TransactionSynchronizationManager.unbindResourceIfPossible(this.cache);
        if (status == STATUS_UNKNOWN) {
            this.changes.keySet().forEach(this.target::evict);
        }
    }

    /**
     * The change of a key.
     *
     * @param view puts the value; {@code null} where there is none
     * @param value the value
     * @param evicted whether it was evicted before that
     * @param loaded whether the value was loaded since it was missing, rather than being
     * a change
     * @param ifAbsent whether it is put only where there is none
     */
    record Change(@Nullable Cache view, @Nullable Object value, boolean evicted, boolean loaded, boolean ifAbsent) {

        static final Change EVICTED = new Change(null, null, true, false, false);

        void put(Cache view, Object key) {
            if (this.ifAbsent) {
                view.putIfAbsent(key, this.value);
            }
            else {
                view.put(key, this.value);
            }
        }

    }

}
