package io.memlink.embedded.store;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeapSizeTests {

    private static final long MB = 1024 * 1024;

    @Test
    void countsWholeRegionsForLargeArrays() {
        assertThat(HeapSize.of(MB / 2 - 16, MB)).isEqualTo(MB / 2);
        assertThat(HeapSize.of(MB / 2 - 15, MB)).isEqualTo(MB);
        assertThat(HeapSize.of(MB - 16, MB)).isEqualTo(MB);
        assertThat(HeapSize.of(MB, MB)).isEqualTo(2 * MB);
    }

    @Test
    void knowsTheRegionsOfAHeap() {
        assertThat(HeapSize.regionOf(64 * MB)).isEqualTo(MB);
        assertThat(HeapSize.regionOf(6000 * MB)).isEqualTo(2 * MB);
        assertThat(HeapSize.regionOf(200_000 * MB)).isEqualTo(32 * MB);
    }

}
