package io.memlink.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.MemlinkClient;
import io.memlink.ValueOperations;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds together what stands twice: the templates, which wait, and the operations of the
 * client, which return futures. An operation of the one has the same name, parameters and
 * result in the other, but for the order of parameters, since a template has loaders
 * last, and for times, which a template has as durations.
 */
class MethodTableTests {

    private static final Pattern FUTURE = Pattern.compile("java\\.util\\.concurrent\\.CompletableFuture<(.*)>");

    private static final Pattern LOADED = Pattern.compile("io\\.memlink\\.loading\\.Loaded<(.*)>");

    /** A loader of the one returns a stage where that of the other returns a value. */
    private static final Pattern STAGE = Pattern
        .compile("\\? extends java\\.util\\.concurrent\\.CompletionStage<(?:\\? extends )?(.*)>(>)$");

    private static final Map<String, String> BOXES = Map.of("void", "java.lang.Void", "boolean", "java.lang.Boolean",
            "long", "java.lang.Long");

    /** What templates have for convenience: fewer parameters, or another type. */
    private static final List<Method> SHORT = List.of(method(ValueTemplate.class, "set", String.class, Object.class),
            method(ValueTemplate.class, "getOrLoad", String.class, Duration.class, Callable.class),
            method(MemlinkTemplate.class, "get", String.class, Class.class),
            method(MemlinkTemplate.class, "increment", String.class, long.class, Duration.class),
            method(MemlinkTemplate.class, "decrement", String.class, long.class, Duration.class));

    /** What leads to other operations. */
    private static final List<String> VIEWS = List.of("async", "forType", "client");

    @Test
    void valuesAreOperatedOnAsTheClientDoes() {
        // Only text can be added to, which is the business of the template of all types.
        assertThat(template(ValueTemplate.class)).isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(client(ValueOperations.class, "append", "prepend"));
    }

    @Test
    void keysAreOperatedOnAsTheClientDoes() {
        List<String> text = Stream.of("append", "prepend")
            .flatMap((name) -> rows(ValueOperations.class, name).stream())
            .map((row) -> row.replace("(V, ", "(java.lang.String, "))
            .toList();
        // Journals and requests of the protocol are for the client alone.
        List<String> keys = client(MemlinkClient.class, "invalidate", "send");
        assertThat(template(MemlinkTemplate.class)).isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(Stream.concat(text.stream(), keys.stream()).toList());
    }

    @Test
    void whatIsCountedUpIsCountedDownAsWell() {
        List<String> up = rows(MemlinkTemplate.class, "increment");
        assertThat(up).hasSize(3);
        assertThat(rows(MemlinkTemplate.class, "decrement")).containsExactlyInAnyOrderElementsOf(
                up.stream().map((row) -> row.replaceFirst("increment", "decrement")).toList());
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        }
        catch (NoSuchMethodException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static List<String> template(Class<?> type) {
        return methods(type).filter((method) -> !SHORT.contains(method) && !VIEWS.contains(method.getName()))
            .map(MethodTableTests::row)
            .toList();
    }

    private static List<String> client(Class<?> type, String... excluded) {
        return methods(type).filter((method) -> method.getReturnType() == CompletableFuture.class)
            .filter((method) -> !List.of(excluded).contains(method.getName()))
            .map(MethodTableTests::row)
            .toList();
    }

    private static List<String> rows(Class<?> type, String name) {
        return methods(type).filter((method) -> method.getName().equals(name)).map(MethodTableTests::row).toList();
    }

    private static Stream<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
            .filter((method) -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
            .filter((method) -> !method.isSynthetic());
    }

    private static String row(Method method) {
        String parameters = Arrays.stream(method.getGenericParameterTypes())
            .map(MethodTableTests::parameter)
            .sorted()
            .collect(Collectors.joining(", "));
        String result = FUTURE.matcher(method.getGenericReturnType().getTypeName()).replaceFirst("$1");
        result = LOADED.matcher(result).replaceFirst("$1");
        return method.getName() + "(" + parameters + ") = " + BOXES.getOrDefault(result, result);
    }

    private static String parameter(Type type) {
        return STAGE.matcher(type.getTypeName())
            .replaceFirst("? extends $1$2")
            .replace("java.util.function.Supplier<", "java.util.concurrent.Callable<")
            .replace("io.memlink.meta.Expiration", "java.time.Duration");
    }

}
