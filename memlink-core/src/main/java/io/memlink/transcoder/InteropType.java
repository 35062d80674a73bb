package io.memlink.transcoder;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Date;

import org.jspecify.annotations.Nullable;

/**
 * The types that have a form of their own in the layout of {@link InteropTranscoder}, in
 * the order of their numbers.
 */
enum InteropType {

    BOOLEAN(Boolean.class, 1), INTEGER(Integer.class, 4), LONG(Long.class, 8), DATE(Date.class, 8), BYTE(Byte.class, 1),
    FLOAT(Float.class, 4), DOUBLE(Double.class, 8), BYTES(byte[].class, Integer.MAX_VALUE);

    private final Class<?> type;

    private final int maxBytes;

    InteropType(Class<?> type, int maxBytes) {
        this.type = type;
        this.maxBytes = maxBytes;
    }

    /**
     * Finds the form of a value. A subclass has none: it would be read back as another
     * class.
     */
    static @Nullable InteropType of(Object value) {
        for (InteropType type : values()) {
            if (type.type == value.getClass()) {
                return type;
            }
        }
        return null;
    }

    static InteropType of(int flags) {
        for (InteropType type : values()) {
            if (type.flags() == flags) {
                return type;
            }
        }
        throw new IllegalArgumentException("flags: 0x" + Integer.toHexString(flags)
                + " (expected: those of a value that spymemcached or xmemcached wrote)");
    }

    int flags() {
        return (ordinal() + 1) << 8;
    }

    byte[] encode(Object value) {
        return switch (this) {
            case BOOLEAN -> new byte[] { (byte) ((Boolean) value ? '1' : '0') };
            case INTEGER -> packed((Integer) value & 0xffff_ffffL);
            case LONG -> packed((Long) value);
            case DATE -> packed(((Date) value).getTime());
            case BYTE -> new byte[] { (Byte) value };
            case FLOAT -> packed(Float.floatToRawIntBits((Float) value) & 0xffff_ffffL);
            case DOUBLE -> packed(Double.doubleToRawLongBits((Double) value));
            case BYTES -> (byte[]) value;
        };
    }

    Object decode(byte[] data) {
        if (data.length > this.maxBytes) {
            throw new IllegalArgumentException("value: " + data.length + " bytes (expected: " + this + ")");
        }
        return switch (this) {
            case BOOLEAN -> bool(data);
            case INTEGER -> (int) unpacked(data);
            case LONG -> unpacked(data);
            case DATE -> new Date(unpacked(data));
            case BYTE -> (byte) unpacked(data);
            case FLOAT -> Float.intBitsToFloat((int) unpacked(data));
            case DOUBLE -> Double.longBitsToDouble(unpacked(data));
            case BYTES -> data;
        };
    }

    private static boolean bool(byte[] data) {
        if (data.length != 1 || (data[0] != '0' && data[0] != '1')) {
            throw new IllegalArgumentException("value: bytes (expected: 0 or 1)");
        }
        return data[0] == '1';
    }

    private static byte[] packed(long bits) {
        byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(bits).array();
        return Arrays.copyOfRange(all, Long.numberOfLeadingZeros(bits) / Byte.SIZE, Long.BYTES);
    }

    private static long unpacked(byte[] data) {
        long bits = 0;
        for (byte part : data) {
            bits = (bits << Byte.SIZE) | (part & 0xff);
        }
        return bits;
    }

}
