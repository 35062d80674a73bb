package io.memlink.placement;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Locates a key by the part of it that stands between the first brace and the next
 * closing one, so that keys with the same such part live on one backend. A key without
 * such a part, or with an empty one, is located as a whole.
 *
 * @param locator locates the part
 */
record HashTagLocator(NodeLocator locator) implements NodeLocator {

    @Override
    public int locate(byte[] key) {
        return this.locator.locate(tag(key));
    }

    @Override
    public List<Integer> candidates(byte[] key) {
        return this.locator.candidates(tag(key));
    }

    @Override
    public OptionalLong hash(byte[] key) {
        return this.locator.hash(tag(key));
    }

    private static byte[] tag(byte[] key) {
        int open = indexOf(key, '{', 0);
        int close = (open >= 0) ? indexOf(key, '}', open) : -1;
        return (close > open + 1) ? Arrays.copyOfRange(key, open + 1, close) : key;
    }

    private static int indexOf(byte[] key, char wanted, int from) {
        for (int i = from; i < key.length; i++) {
            if (key[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

}
