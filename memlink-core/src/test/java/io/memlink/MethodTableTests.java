package io.memlink;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds together what stands twice: the operations that return futures, and those that
 * wait. An operation of the one has the same name, parameters and result in the other.
 */
class MethodTableTests {

    private static final Pattern FUTURE = Pattern.compile("java\\.util\\.concurrent\\.CompletableFuture<(.*)>");

    /** A loader of the one returns a stage where that of the other returns a value. */
    private static final Pattern STAGE = Pattern
        .compile("\\? extends java\\.util\\.concurrent\\.CompletionStage<(?:\\? extends )?(.*)>(>)$");

    private static final Map<String, String> BOXES = Map.of("void", "java.lang.Void", "boolean", "java.lang.Boolean",
            "long", "java.lang.Long");

    @Test
    void operationsOnValuesAreTheSameWithAndWithoutWaiting() {
        List<String> waiting = table(BlockingValueOperations.class, (method) -> !method.getName().equals("load"));
        assertThat(waiting).isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(futures(ValueOperations.class).stream()
                .map((row) -> row.replaceFirst("= io\\.memlink\\.loading\\.Loaded<(.*)>", "= $1"))
                .toList());
    }

    @Test
    void whereTheLoadedValueComesFromIsKnownWithAndWithoutWaiting() {
        assertThat(table(BlockingValueOperations.class, (method) -> method.getName().equals("load")))
            .containsExactlyElementsOf(futures(ValueOperations.class).stream()
                .filter((row) -> row.startsWith("getOrLoad("))
                .map((row) -> row.replaceFirst("getOrLoad", "load"))
                .toList());
    }

    @Test
    void operationsOnKeysAreTheSameWithAndWithoutWaiting() {
        List<String> waiting = table(BlockingMemlinkClient.class,
                (method) -> !List.of("with", "call").contains(method.getName()));
        assertThat(waiting).isNotEmpty().containsExactlyInAnyOrderElementsOf(futures(MemlinkClient.class));
    }

    private static List<String> futures(Class<?> type) {
        return table(type, (method) -> method.getReturnType() == CompletableFuture.class);
    }

    private static List<String> table(Class<?> type, Predicate<Method> included) {
        return Arrays.stream(type.getDeclaredMethods())
            .filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
            .filter((method) -> !method.isSynthetic() && included.test(method))
            .map(MethodTableTests::row)
            .toList();
    }

    private static String row(Method method) {
        String parameters = Arrays.stream(method.getGenericParameterTypes())
            .map(MethodTableTests::parameter)
            .collect(Collectors.joining(", "));
        String result = FUTURE.matcher(method.getGenericReturnType().getTypeName()).replaceFirst("$1");
        return method.getName() + "(" + parameters + ") = " + BOXES.getOrDefault(result, result);
    }

    private static String parameter(Type type) {
        return STAGE.matcher(type.getTypeName())
            .replaceFirst("? extends $1$2")
            .replace("java.util.function.Supplier<", "java.util.concurrent.Callable<");
    }

}
