package io.memlink.test;

import java.lang.annotation.Annotation;
import java.util.List;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Servers as parameters of tests: the first parameter of their type gets the first of
 * them, the second the second. Stateless.
 */
final class ServerParameters {

    private ServerParameters() {
    }

    static <S> S resolve(ParameterContext parameter, List<S> servers, Class<S> type) {
        int position = 0;
        for (int i = 0; i < parameter.getIndex(); i++) {
            Class<?> before = parameter.getDeclaringExecutable().getParameterTypes()[i];
            position += (before == type) ? 1 : 0;
        }
        if (position >= servers.size()) {
            throw new IllegalStateException("servers: " + servers.size() + " (expected: at least " + (position + 1)
                    + ", one for each parameter)");
        }
        return servers.get(position);
    }

    /**
     * Returns the context of the class whose servers a test uses: of the nearest class
     * around it that asks for some with an annotation, or else of the outermost one.
     */
    static ExtensionContext ofClass(ExtensionContext context, Class<? extends Annotation> annotation) {
        ExtensionContext current = context;
        while (!asks(current, annotation) && hasOuterClass(current)) {
            current = current.getParent().orElseThrow();
        }
        return current;
    }

    private static boolean asks(ExtensionContext context, Class<? extends Annotation> annotation) {
        return context.getTestMethod().isEmpty() && AnnotationSupport.isAnnotated(context.getTestClass(), annotation);
    }

    private static boolean hasOuterClass(ExtensionContext context) {
        return context.getParent().flatMap(ExtensionContext::getTestClass).isPresent();
    }

}
