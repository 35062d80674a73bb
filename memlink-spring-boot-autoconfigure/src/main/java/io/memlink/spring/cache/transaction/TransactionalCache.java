package io.memlink.spring.cache.transaction;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.memlink.spring.cache.transaction.TransactionChanges.Change;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.support.SimpleValueWrapper;
import org.springframework.cache.transaction.TransactionAwareCacheDecorator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A view of a cache that takes part in the transaction of the thread; without one, it is
 * the cache as it is.
 * <p>
 * A transaction sees its own changes, and others see them when it has committed: what was
 * put, and what was loaded by synchronized methods too. Only evictions happen at once as
 * well, so that nobody else goes on with what is about to change; they are repeated after
 * the commit, for what was loaded meanwhile. A rollback forgets all else. Safe for use by
 * many threads.
 */
public final class TransactionalCache extends TransactionAwareCacheDecorator {

    private final Cache target;

    private final Object cache;

    private final CacheErrorHandler errorHandler;

    /** The key that this view last missed. */
    private volatile @Nullable Object missed;

    /**
     * Creates a view.
     * @param target the view that does what is to be done
     * @param cache what all views of the cache have in common
     * @param errorHandler is told of what fails after the commit
     */
    public TransactionalCache(Cache target, Object cache, CacheErrorHandler errorHandler) {
        super(target);
        this.target = target;
        this.cache = cache;
        this.errorHandler = errorHandler;
    }

    private static boolean isActive() {
        return TransactionSynchronizationManager.isSynchronizationActive();
    }

    private TransactionChanges changes() {
        return TransactionChanges.begin(this.cache, this.target, this.errorHandler);
    }

    private @Nullable Change change(Object key) {
        TransactionChanges changes = TransactionChanges.present(this.cache);
        return (changes != null) ? changes.of(key) : null;
    }

    @Override
    public @Nullable ValueWrapper get(Object key) {
        Change change = change(key);
        ValueWrapper found;
        if (change == null) {
            found = this.target.get(key);
        }
        else {
            found = (change.view() != null) ? new SimpleValueWrapper(change.value()) : null;
        }
        if (found == null && isActive()) {
            this.missed = key;
        }
        return found;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, @Nullable Class<T> type) {
        ValueWrapper found = get(key);
        Object value = (found != null) ? found.get() : null;
        if (value != null && type != null && !type.isInstance(value)) {
            throw new IllegalStateException(
                    "Cached value is not of required type [" + type.getName() + "]: " + value.getClass().getName());
        }
        return (T) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
        if (!isActive()) {
            return this.target.get(key, valueLoader);
        }
        ValueWrapper found = get(key);
        if (found != null) {
            return (T) found.get();
        }
        T value;
        try {
            value = valueLoader.call();
        }
        catch (Exception ex) {
            throw new ValueRetrievalException(key, valueLoader, ex);
        }
        put(key, value);
        return value;
    }

    @Override
    public @Nullable CompletableFuture<?> retrieve(Object key) {
        Change change = change(key);
        if (change == null) {
            return this.target.retrieve(key);
        }
        return CompletableFuture
            .completedFuture((change.view() != null) ? new SimpleValueWrapper(change.value()) : null);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
        Change change = change(key);
        // A future is loaded by other threads, which have no part in the transaction.
        return (change != null && change.view() != null) ? CompletableFuture.completedFuture((T) change.value())
                : this.target.retrieve(key, valueLoader);
    }

    @Override
    public void put(Object key, @Nullable Object value) {
        if (!isActive()) {
            this.target.put(key, value);
            return;
        }
        boolean loaded = key.equals(this.missed);
        this.missed = null;
        changes().put(this.target, key, value, loaded, false);
    }

    @Override
    public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
        if (!isActive()) {
            return this.target.putIfAbsent(key, value);
        }
        ValueWrapper found = get(key);
        if (found == null) {
            this.missed = null;
            Change change = change(key);
            changes().put(this.target, key, value, false, change == null);
        }
        return found;
    }

    @Override
    public void evict(Object key) {
        this.target.evict(key);
        if (isActive()) {
            changes().evicted(key);
        }
    }

    @Override
    public boolean evictIfPresent(Object key) {
        boolean present = this.target.evictIfPresent(key);
        if (!isActive()) {
            return present;
        }
        Change change = change(key);
        changes().evicted(key);
        return (change != null) ? change.view() != null : present;
    }

    @Override
    public void clear() {
        this.target.clear();
        if (isActive()) {
            changes().cleared();
        }
    }

    @Override
    public boolean invalidate() {
        boolean present = this.target.invalidate();
        if (isActive()) {
            changes().cleared();
        }
        return present;
    }

}
