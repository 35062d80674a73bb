package io.memlink.transcoder;

import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.memlink.test.cases.Draw;

/**
 * Generated values, small and large, that compress well and not at all.
 */
final class Values {

    /** What the values of {@link #serializable(Draw)} are made of. */
    static final String FILTER = "java.lang.Integer;java.lang.Long;java.util.ArrayList;"
            + "java.util.LinkedHashMap;java.util.HashMap;java.math.*";

    private Values() {
    }

    static byte[] bytes(Draw draw) {
        byte[] unit = draw.bytes(0, 300);
        if (draw.chance(0.5)) {
            return unit;
        }
        byte[] all = new byte[unit.length * draw.between(0, 400)];
        for (int i = 0; i < all.length; i++) {
            all[i] = unit[i % unit.length];
        }
        return all;
    }

    static String text(Draw draw) {
        String text = String.join("", draw.list(0, 50, () -> Character.toString(draw.codePoint())));
        return text.repeat(draw.of(1, 1, 1000));
    }

    /** One of the types that have a form of their own in other clients. */
    static Object plain(Draw draw) {
        return draw.<Object>oneOf(() -> text(draw), () -> bytes(draw), draw::intValue, draw::longValue, draw::byteValue,
                draw::floatValue, draw::doubleValue, () -> draw.of(true, false), () -> new Date(draw.longValue()));
    }

    static Object serializable(Draw draw) {
        return draw.<Object>oneOf(() -> leaf(draw), () -> structure(draw));
    }

    static Object structure(Draw draw) {
        return draw.<Object>oneOf(() -> draw.list(0, 5, () -> draw.chance(0.2) ? null : leaf(draw)),
                () -> map(draw.list(0, 5, () -> leaf(draw))));
    }

    private static Object leaf(Draw draw) {
        return draw.<Object>oneOf(() -> text(draw), draw::longValue, draw::intValue, draw::decimal);
    }

    private static Map<String, Object> map(List<Object> values) {
        Map<String, Object> map = new LinkedHashMap<>();
        values.forEach((value) -> map.put("key-" + map.size(), value));
        return map;
    }

    /** Equality that looks into arrays. */
    static boolean same(Object one, Object other) {
        return (one instanceof byte[] bytes && other instanceof byte[] others) ? Arrays.equals(bytes, others)
                : one.getClass() == other.getClass() && one.equals(other);
    }

}
