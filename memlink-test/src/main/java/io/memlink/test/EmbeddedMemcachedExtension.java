package io.memlink.test;

import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.EmbeddedMemcachedBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Runs one {@link EmbeddedMemcached} for each test class and the classes nested in it,
 * resets it before each test, and hands it to parameters of that type. One test at a time
 * uses it. Use {@link EmbeddedMemcachedTest}, or register an instance for other settings.
 * Owns the server.
 *
 * @since 0.1.0
 */
public final class EmbeddedMemcachedExtension implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
        .create(EmbeddedMemcachedExtension.class);

    private final EmbeddedMemcachedBuilder settings;

    private volatile @Nullable EmbeddedMemcached server;

    /**
     * Runs a server with the defaults.
     */
    public EmbeddedMemcachedExtension() {
        this(EmbeddedMemcached.builder());
    }

    /**
     * Runs a server with other settings.
     * @param settings the settings
     */
    public EmbeddedMemcachedExtension(EmbeddedMemcachedBuilder settings) {
        this.settings = settings;
    }

    /**
     * Returns the server of the running test class.
     * @return the server
     * @throws IllegalStateException before the first test
     */
    public EmbeddedMemcached server() {
        EmbeddedMemcached running = this.server;
        if (running == null) {
            throw new IllegalStateException("server: not started (expected: to be used in a test)");
        }
        return running;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        EmbeddedMemcached server = start(context);
        ServerLocks.lock(context, List.of(server));
        server.reset();
    }

    // Closed by JUnit together with the class, because the server is an AutoCloseable in
    // its store.
    private EmbeddedMemcached start(ExtensionContext context) {
        EmbeddedMemcached running = ServerParameters.ofClass(context, EmbeddedMemcachedTest.class)
            .getStore(NAMESPACE)
            .computeIfAbsent(this, (key) -> this.settings.start(), EmbeddedMemcached.class);
        this.server = running;
        return running;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == EmbeddedMemcached.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return start(context);
    }

}
