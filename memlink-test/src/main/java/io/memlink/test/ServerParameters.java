package io.memlink.test;

import java.util.List;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;

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

    /** Returns the context of the class of a test, which keeps what all its tests use. */
    static ExtensionContext ofClass(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent() && current.getParent().isPresent()) {
            current = current.getParent().get();
        }
        return current;
    }

}
