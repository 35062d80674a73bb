package io.memlink.spring.boot.autoconfigure;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * Hints for ahead-of-time processing about what the client and its caches look up by
 * name. Netty brings its own hints.
 */
final class MemlinkRuntimeHints implements RuntimeHintsRegistrar {

    /** The queue of requests finds fields of these by their names. */
    private static final List<String> QUEUES = List.of("org.jctools.queues.BaseMpscLinkedArrayQueueProducerFields",
            "org.jctools.queues.BaseMpscLinkedArrayQueueConsumerFields",
            "org.jctools.queues.BaseMpscLinkedArrayQueueColdProducerFields");

    /** Netty looks for the methods that a handler leaves out. */
    private static final String HANDLER = "io.memlink.link.Connection";

    /** Keys of several parameters are distinguished by them. */
    private static final String SIMPLE_KEY = "org.springframework.cache.interceptor.SimpleKey";

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        QUEUES.forEach((queue) -> hints.reflection()
            .registerType(TypeReference.of(queue), MemberCategory.ACCESS_DECLARED_FIELDS));
        hints.reflection().registerType(TypeReference.of(HANDLER), MemberCategory.INVOKE_PUBLIC_METHODS);
        hints.reflection().registerType(TypeReference.of(SIMPLE_KEY), MemberCategory.ACCESS_DECLARED_FIELDS);
    }

}
