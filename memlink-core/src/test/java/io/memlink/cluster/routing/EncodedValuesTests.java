package io.memlink.cluster.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.memlink.meta.EncodedValue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EncodedValuesTests {

    private static final int VALUE_BYTES = 1024 * 1024;

    private final AtomicInteger encoded = new AtomicInteger();

    private EncodedValues<Integer> values(int count, int bytes) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("key-" + i, i);
        }
        return new EncodedValues<>(values, (value) -> {
            this.encoded.incrementAndGet();
            return new EncodedValue(new byte[bytes], value);
        });
    }

    @Test
    void keepsNoMoreThanABoundOfWhatItHasEncoded() {
        EncodedValues<Integer> values = values(10, VALUE_BYTES);
        assertThat(this.encoded).as("all are checked").hasValue(10);
        for (int i = 0; i < 10; i++) {
            assertThat(values.take(i).flags()).isEqualTo(i);
            assertThat(values.bytes(i)).isGreaterThan(VALUE_BYTES);
        }
        assertThat(this.encoded).as("those beyond the first four are encoded again").hasValue(16);
    }

    @Test
    void encodesSmallValuesOnceAndKeepsNoneThatWasTaken() {
        EncodedValues<Integer> values = values(10, 100);
        for (int i = 0; i < 10; i++) {
            values.take(i);
        }
        assertThat(this.encoded).hasValue(10);
        values.take(3);
        assertThat(this.encoded).hasValue(11);
    }

}
