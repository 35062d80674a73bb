package io.memlink.meta;

import java.util.Objects;

/**
 * A value as the server keeps it. The array is not copied and must not be changed.
 *
 * @param data the bytes
 * @param flags the client flags, which say how to read the bytes; all 32 bits are kept
 * @since 0.1.0
 */
public record EncodedValue(byte[] data, int flags) {

    public EncodedValue {
        Objects.requireNonNull(data, "data");
    }

}
