package io.memlink.embedded.store;

/**
 * The slab classes that a real server with its defaults has. Here they are only told, no
 * memory belongs to them. Stateless.
 *
 * @since 0.1.0
 */
public final class SlabClasses {

    /** How many classes there can be; the first number that is none. */
    public static final int LIMIT = 64;

    private static final int SMALLEST_CHUNK = 96;

    private static final int LARGEST_CHUNK = 512 * 1024;

    private static final double GROWTH = 1.25;

    private SlabClasses() {
    }

    /**
     * Returns the class for items of a size.
     * @param size the size in bytes, as a real server counts it
     * @return the class, 1 or more
     */
    public static int of(long size) {
        int slabClass = 1;
        long chunk = SMALLEST_CHUNK;
        while (chunk < size && chunk < LARGEST_CHUNK / GROWTH) {
            slabClass++;
            chunk = next(chunk);
        }
        return (chunk < size) ? slabClass + 1 : slabClass;
    }

    /**
     * Returns the size of the chunks of a class.
     * @param slabClass the class, 1 or more
     * @return the size in bytes
     */
    public static long chunkSize(int slabClass) {
        long chunk = SMALLEST_CHUNK;
        for (int i = 1; i < slabClass; i++) {
            if (chunk >= LARGEST_CHUNK / GROWTH) {
                return LARGEST_CHUNK;
            }
            chunk = next(chunk);
        }
        return chunk;
    }

    private static long next(long chunk) {
        return ((long) (chunk * GROWTH) + 7) / 8 * 8;
    }

}
