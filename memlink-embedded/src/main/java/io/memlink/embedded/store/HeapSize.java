package io.memlink.embedded.store;

/**
 * The memory that bytes take in the heap of this JVM. Its usual collector, G1, divides
 * the heap into regions, and gives whole ones to arrays of more than half of a region.
 * Stateless.
 */
final class HeapSize {

    private static final int REGIONS = 2048;

    private static final long SMALLEST_REGION = 1024 * 1024;

    private static final long LARGEST_REGION = 32 * SMALLEST_REGION;

    private static final int ARRAY_HEADER = 16;

    private static final long REGION = regionOf(Runtime.getRuntime().maxMemory());

    private HeapSize() {
    }

    /**
     * Returns what an array of bytes takes.
     */
    static long of(long bytes) {
        return of(bytes, REGION);
    }

    static long of(long bytes, long region) {
        long all = bytes + ARRAY_HEADER;
        return (all > region / 2) ? (all + region - 1) / region * region : all;
    }

    static long regionOf(long heap) {
        return Math.max(SMALLEST_REGION, Math.min(LARGEST_REGION, Long.highestOneBit(heap / REGIONS)));
    }

}
