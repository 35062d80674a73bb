package io.memlink.test;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.memlink.embedded.EmbeddedMemcached;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.junit.jupiter.SpringExtension;
import org.springframework.util.ClassUtils;

/**
 * The Spring context of a test, if it has one. Stateless. Only what stands behind
 * {@link #isSpringTest} needs Spring on the class path.
 */
final class SpringContexts {

    private static final boolean PRESENT = isPresent();

    private SpringContexts() {
    }

    private static boolean isPresent() {
        try {
            Class.forName("org.springframework.test.context.junit.jupiter.SpringExtension", false,
                    SpringContexts.class.getClassLoader());
            return true;
        }
        catch (ClassNotFoundException | LinkageError ex) {
            return false;
        }
    }

    static boolean isSpringTest(ExtensionContext context) {
        return PRESENT && WithSpring.isSpringTest(context);
    }

    static List<EmbeddedMemcached> servers(ExtensionContext context) {
        return WithSpring.servers(SpringExtension.getApplicationContext(context));
    }

    static void clearCaches(ExtensionContext context) {
        WithSpring.clearCaches(SpringExtension.getApplicationContext(context));
    }

    private static final class WithSpring {

        private static final long CLEARING_NANOS = TimeUnit.SECONDS.toNanos(10);

        private static final String CACHE_MANAGER = "org.springframework.cache.CacheManager";

        static boolean isSpringTest(ExtensionContext context) {
            return TestContextAnnotationUtils.hasAnnotation(context.getRequiredTestClass(), BootstrapWith.class)
                    || isExtended(context.getRequiredTestClass())
                    || context.getEnclosingTestClasses().stream().anyMatch(WithSpring::isExtended);
        }

        // A nested class has the extensions of those around it, whatever its
        // configuration.
        private static boolean isExtended(Class<?> testClass) {
            return MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY)
                .stream(org.junit.jupiter.api.extension.ExtendWith.class)
                .anyMatch((extend) -> List.of(extend.getClassArray("value")).contains(SpringExtension.class));
        }

        static List<EmbeddedMemcached> servers(ApplicationContext context) {
            return context.getBeanProvider(EmbeddedMemcached.class).orderedStream().toList();
        }

        // What a client keeps in memory is not emptied with its server, and neither is
        // what it knows of the caches there.
        static void clearCaches(ApplicationContext context) {
            if (!ClassUtils.isPresent(CACHE_MANAGER, context.getClassLoader())) {
                return;
            }
            List<Cache> caches = context.getBeanProvider(CacheManager.class)
                .stream()
                .flatMap((manager) -> manager.getCacheNames().stream().map(manager::getCache))
                .filter(Objects::nonNull)
                .toList();
            List<EmbeddedMemcached> servers = servers(context);
            boolean used = servers.stream().anyMatch((server) -> server.totalConnections() > 0);
            long copies = used ? caches.stream().filter(WithSpring::isKeptThere).count() * Math.min(2, servers.size())
                    : 0;
            long end = System.nanoTime() + CLEARING_NANOS;
            do {
                // Done when this returns, unlike a clear.
                caches.forEach(Cache::invalidate);
            }
            while (!isCleared(servers, copies) && goesOnLater(servers, copies, end));
        }

        private static boolean isKeptThere(Cache cache) {
            return cache.getClass().getName().startsWith("io.memlink.");
        }

        /** A cache that is cleared leaves a mark on a server that was emptied. */
        private static boolean isCleared(List<EmbeddedMemcached> servers, long copies) {
            return servers.stream().mapToLong((server) -> server.items().size()).sum() >= copies;
        }

        /**
         * A client whose server was silent or wrong before may have to notice first, and
         * clears its caches only when it has a sound connection again. Waits for that.
         */
        private static boolean goesOnLater(List<EmbeddedMemcached> servers, long copies, long end) {
            while (!isCleared(servers, copies)) {
                if (System.nanoTime() - end > 0) {
                    return false;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            return true;
        }

    }

}
