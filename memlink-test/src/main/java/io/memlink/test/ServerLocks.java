package io.memlink.test;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets one test at a time use a server, also where JUnit runs several at once: each
 * begins with emptying it. Safe for use by many threads.
 */
final class ServerLocks {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(ServerLocks.class);

    private static final Map<Object, ReentrantLock> LOCKS = Collections.synchronizedMap(new WeakHashMap<>());

    private ServerLocks() {
    }

    /**
     * Waits for the servers, in order, and keeps them until the test has ended with all
     * that belongs to it.
     */
    static void lock(ExtensionContext test, List<?> servers) {
        for (Object server : servers) {
            ReentrantLock lock = of(server);
            lock.lock();
            // Closed by JUnit together with the test, on its thread.
            test.getStore(NAMESPACE).put(server, (AutoCloseable) lock::unlock);
        }
    }

    static ReentrantLock of(Object server) {
        return LOCKS.computeIfAbsent(server, (key) -> new ReentrantLock(true));
    }

}
