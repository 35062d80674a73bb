package io.memlink.micrometer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the page of meters to what is registered.
 */
class MeterReferenceTests {

    private static final Path PAGE = Path.of("../docs/metrics.md");

    private static final String INTRODUCTION = """
            # Meters

            The meters of a client in Micrometer. `backend` is the identity of a backend; no tag contains a key. If an application
            has several clients, all meters also have the tag `client`. Caches have Spring's `cache.*` meters.
            The Spring module adds `memlink.cache.usable` (by `cache`), which is 1 where the cache can be used and 0 where all its reads are
            misses, as [health](operations.md#health) tells; `memlink.values.refused` (by `class`), which [values](values.md) explains; and
            `memlink.cache.brown.out.loads` (by `state`) and `memlink.cache.brown.out.loads.refused`, which
            [caching](caching.md) does.

            This page is generated from `MemlinkMeter`, and a test compares the two. After a change, generate it again:

            ```
            ./mvnw -q -pl memlink-core -am test -Dtest=MeterReferenceTests \\
                -Dsurefire.failIfNoSpecifiedTests=false -Dmemlink.docs.write=true
            ```

            | Meter | Kind | Unit | Tags | |
            |---|---|---|---|---|
            """;

    @Test
    void thePageListsAllMeters() throws IOException {
        String page = render();
        if (Boolean.getBoolean("memlink.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    private static String render() {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        for (MemlinkMeter meter : MemlinkMeter.values()) {
            page.append("| `%s` | %s | %s | %s | %s |\n".formatted(meter.meterName(),
                    meter.type().name().toLowerCase(Locale.ROOT), meter.unit(),
                    meter.tags().stream().map((tag) -> "`" + tag + "`").collect(Collectors.joining(", ")),
                    meter.description()));
        }
        page.append("\n`operation` is one of ")
            .append(list(Operation.values(), Operation::tag))
            .append(".\n\n`outcome` is one of ")
            .append(list(RequestResult.values(), RequestResult::tag))
            .append(".\n");
        return page.toString();
    }

    private static <E> String list(E[] values, Function<E, String> tag) {
        return Arrays.stream(values).map((value) -> "`" + tag.apply(value) + "`").collect(Collectors.joining(", "));
    }

}
