package io.memlink.test;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs real memcached servers for a test class and the classes nested in it that do not
 * ask for their own, and empties them (and wakes or restarts those that a test left
 * paused or dead) before each test. Use {@link MemcachedTest}, or register an instance.
 * Hands the servers to parameters of type {@link MemcachedProcess}, in order, or
 * {@code List<MemcachedProcess>}. Fails, and does not skip, on a machine that has neither
 * memcached nor Docker. One test at a time uses the servers. Owns them.
 *
 * @since 0.1.0
 */
public final class MemcachedExtension implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
        .create(MemcachedExtension.class);

    private final int count;

    private final String[] arguments;

    private volatile @Nullable List<MemcachedProcess> running;

    /**
     * Runs what {@link MemcachedTest} asks for, or one server.
     */
    public MemcachedExtension() {
        this(0);
    }

    /**
     * Runs servers.
     * @param servers how many, 0 for what {@link MemcachedTest} asks for
     * @param arguments what is added to the command line of each
     */
    public MemcachedExtension(int servers, String... arguments) {
        if (servers < 0) {
            throw new IllegalArgumentException("servers: " + servers + " (expected: 0 or more)");
        }
        this.count = servers;
        this.arguments = arguments.clone();
    }

    /**
     * Returns the servers of the running test class.
     * @return the servers
     * @throws IllegalStateException before the first test
     */
    public List<MemcachedProcess> servers() {
        List<MemcachedProcess> servers = this.running;
        if (servers == null) {
            throw new IllegalStateException("servers: not started (expected: to be used in a test)");
        }
        return servers;
    }

    /**
     * Returns the first server of the running test class.
     * @return the server
     * @throws IllegalStateException before the first test
     */
    public MemcachedProcess server() {
        return servers().get(0);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        List<MemcachedProcess> servers = start(context);
        ServerLocks.lock(context, servers);
        servers.forEach(MemcachedProcess::refresh);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MemcachedProcess.class || (type == List.class && parameter.getParameter()
            .getParameterizedType()
            .getTypeName()
            .contains(MemcachedProcess.class.getName()));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        List<MemcachedProcess> servers = start(context);
        if (parameter.getParameter().getType() == List.class) {
            return servers;
        }
        return ServerParameters.resolve(parameter, servers, MemcachedProcess.class);
    }

    private List<MemcachedProcess> start(ExtensionContext context) {
        ExtensionContext owner = ServerParameters.ofClass(context, MemcachedTest.class);
        Class<?> asking = owner.getRequiredTestClass();
        // Named by the class too, as those of a class around it are found here as well.
        Servers servers = owner.getStore(NAMESPACE)
            .computeIfAbsent(List.of(this, asking), (key) -> startAll(asking), Servers.class);
        this.running = servers.list();
        return servers.list();
    }

    private Servers startAll(Class<?> asking) {
        MemcachedTest wanted = AnnotationSupport.findAnnotation(asking, MemcachedTest.class).orElse(null);
        int servers = (this.count > 0) ? this.count : (wanted != null) ? wanted.servers() : 1;
        String[] extra = (wanted != null && this.arguments.length == 0) ? wanted.arguments() : this.arguments;
        List<MemcachedProcess> started = new ArrayList<>();
        try {
            for (int i = 0; i < servers; i++) {
                started.add(MemcachedProcess.startAnywhere(extra));
            }
        }
        catch (RuntimeException ex) {
            started.forEach(MemcachedProcess::close);
            throw ex;
        }
        return new Servers(List.copyOf(started));
    }

    // Closed by JUnit together with the class.
    private record Servers(List<MemcachedProcess> list) implements AutoCloseable {

        @Override
        public void close() {
            this.list.forEach(MemcachedProcess::close);
        }

    }

}
