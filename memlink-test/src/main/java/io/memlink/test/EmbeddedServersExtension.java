package io.memlink.test;

import java.lang.reflect.Parameter;
import java.util.List;

import io.memlink.embedded.EmbeddedMemcached;
import io.memlink.embedded.FaultScript;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Runs what {@link AutoConfigureEmbeddedMemcached} asks for, or uses the servers of the
 * Spring context where the test has one. One test at a time uses them.
 */
final class EmbeddedServersExtension implements BeforeEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace
        .create(EmbeddedServersExtension.class);

    private static final String LISTS = "java.util.List<" + EmbeddedMemcached.class.getName() + ">";

    @Override
    public void beforeEach(ExtensionContext context) {
        List<EmbeddedMemcached> servers = servers(context);
        ServerLocks.lock(context, servers);
        servers.forEach(EmbeddedMemcached::reset);
        if (SpringContexts.isSpringTest(context)) {
            // On servers that answer again, and that will not lose the clear.
            SpringContexts.clearCaches(context);
            servers.forEach(EmbeddedMemcached::forgetRequests);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Parameter declared = parameter.getParameter();
        return declared.getAnnotations().length == 0
                && (declared.getType() == EmbeddedMemcached.class || declared.getType() == FaultScript.class
                        || declared.getParameterizedType().getTypeName().equals(LISTS));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        List<EmbeddedMemcached> servers = servers(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == List.class) {
            return servers;
        }
        if (type == FaultScript.class) {
            return servers.get(0).faults();
        }
        return ServerParameters.resolve(parameter, servers, EmbeddedMemcached.class);
    }

    private static List<EmbeddedMemcached> servers(ExtensionContext context) {
        if (SpringContexts.isSpringTest(context)) {
            return SpringContexts.servers(context);
        }
        ExtensionContext owner = ServerParameters.ofClass(context, AutoConfigureEmbeddedMemcached.class);
        Class<?> asking = owner.getRequiredTestClass();
        // Named by the class, as those of a class around it are found here too.
        return owner.getStore(NAMESPACE).computeIfAbsent(asking, (key) -> start(asking), EmbeddedServers.class).list();
    }

    private static EmbeddedServers start(Class<?> asking) {
        AutoConfigureEmbeddedMemcached wanted = AnnotationSupport
            .findAnnotation(asking, AutoConfigureEmbeddedMemcached.class)
            .orElseThrow();
        return EmbeddedServers.start(wanted.servers(), wanted.claimVersion(), wanted.maxBytes());
    }

}
