package io.memlink.transcoder;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;

/** Opens what a library decompresses. */
interface Inflation {

    InputStream open(InputStream compressed) throws IOException;

    /** Memory grows with what has arrived, not with what was announced. */
    static byte[] inflate(String format, byte[] data, int maxBytes, Inflation inflation) {
        byte[] value;
        boolean complete;
        try (InputStream in = inflation.open(new ByteArrayInputStream(data))) {
            value = in.readNBytes(maxBytes);
            complete = value.length < maxBytes || in.read() < 0;
        }
        catch (IOException | RuntimeException ex) {
            throw notCompressed(format, ex);
        }
        if (!complete) {
            throw new IllegalArgumentException(
                    "value: larger once decompressed (expected: at most " + maxBytes + " bytes)");
        }
        if (data.length == 0) {
            throw notCompressed(format, null);
        }
        return value;
    }

    private static IllegalArgumentException notCompressed(String format, @Nullable Throwable cause) {
        return new IllegalArgumentException("value: bytes (expected: those of " + format + ")", cause);
    }

}
