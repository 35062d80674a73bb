package io.memlink.link;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.memlink.link.tls.TlsOptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Options of connections.
 */
class LinkOptionsTests {

    private static final LinkOptions CHANGED = LinkOptions.builder()
        .poolSize(3)
        .requestTimeout(Duration.ofMillis(7))
        .connectTimeout(Duration.ofMillis(8))
        .idlePing(Duration.ofMillis(9))
        .maxInFlight(10)
        .maxInFlightBytes(1100)
        .maxPendingBytesPerBackend(1200)
        .maxAge(Duration.ofMillis(13))
        .handshakeTimeout(Duration.ofMillis(14))
        .maxValueBytes(1500)
        .callbackExecutor(Runnable::run)
        .tls(() -> TlsOptions.builder().build())
        .build();

    private static List<Field> options() {
        List<Field> options = new ArrayList<>();
        for (Field field : LinkOptions.class.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                options.add(field);
            }
        }
        return options;
    }

    @Test
    void aBuilderStartsWithEachOptionOfOthers() throws ReflectiveOperationException {
        LinkOptions defaults = LinkOptions.builder().build();
        LinkOptions copy = CHANGED.toBuilder().build();
        assertThat(options()).isNotEmpty();
        for (Field option : options()) {
            assertThat(option.get(CHANGED)).as("%s is changed by this test", option.getName())
                .isNotEqualTo(option.get(defaults));
            assertThat(option.get(copy)).as(option.getName()).isEqualTo(option.get(CHANGED));
        }
    }

}
