package io.memlink.micrometer;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.link.Request;

/** The tag {@code operation}: {@link Request#operation} in a closed set. */
enum Operation {

    GET, SET, DELETE, ARITHMETIC, BATCH, OTHER;

    private static final Map<String, Operation> BY_TAG = Stream.of(values())
        .collect(Collectors.toUnmodifiableMap(Operation::tag, Function.identity()));

    private final String tag = name().toLowerCase(Locale.ROOT);

    static Operation of(Request<?> request) {
        return BY_TAG.getOrDefault(request.operation(), OTHER);
    }

    String tag() {
        return this.tag;
    }

}
