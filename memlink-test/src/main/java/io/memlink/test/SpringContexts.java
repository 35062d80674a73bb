package io.memlink.test;

import java.util.List;

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
        return PRESENT && WithSpring.isSpringTest(context.getRequiredTestClass());
    }

    static List<EmbeddedMemcached> servers(ExtensionContext context) {
        return WithSpring.servers(SpringExtension.getApplicationContext(context));
    }

    static void clearCaches(ExtensionContext context) {
        WithSpring.clearCaches(SpringExtension.getApplicationContext(context));
    }

    private static final class WithSpring {

        private static final String CACHE_MANAGER = "org.springframework.cache.CacheManager";

        static boolean isSpringTest(Class<?> testClass) {
            return TestContextAnnotationUtils.hasAnnotation(testClass, BootstrapWith.class)
                    || MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY)
                        .stream(org.junit.jupiter.api.extension.ExtendWith.class)
                        .anyMatch((extend) -> List.of(extend.getClassArray("value")).contains(SpringExtension.class));
        }

        static List<EmbeddedMemcached> servers(ApplicationContext context) {
            return context.getBeanProvider(EmbeddedMemcached.class).orderedStream().toList();
        }

        // What a client keeps in memory is not emptied with its server, and neither is
        // what it knows of the caches there.
        static void clearCaches(ApplicationContext context) {
            if (ClassUtils.isPresent(CACHE_MANAGER, context.getClassLoader())) {
                context.getBeanProvider(CacheManager.class).forEach((manager) -> {
                    for (String name : manager.getCacheNames()) {
                        Cache cache = manager.getCache(name);
                        if (cache != null) {
                            // Done when this returns, unlike a clear.
                            cache.invalidate();
                        }
                    }
                });
            }
        }

    }

}
