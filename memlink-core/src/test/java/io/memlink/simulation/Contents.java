package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Values that grow at both ends. Each part names itself and is stored once, so that no
 * two of them are ever the same.
 */
final class Contents {

    /** When each of them was made, by key and content. */
    private final Map<String, Long> made = new HashMap<>();

    /**
     * A server has stored a part.
     * @param after what is there now
     * @return whether it is what was there before with the part at one end, or the part
     * alone where it was to be set
     */
    boolean stored(String key, WrittenValue part, byte[] data, byte @Nullable [] before, byte[] after, long moment) {
        String text = text(after);
        this.made.put(key + " " + text, moment);
        String added = text(data);
        if (part.condition() == WrittenValue.Condition.NONE) {
            return text.equals(added);
        }
        String old = (before != null) ? text(before) : "";
        return !old.isEmpty() && (text.equals(old + added) || text.equals(added + old));
    }

    private static String text(byte[] data) {
        return new String(data, StandardCharsets.ISO_8859_1);
    }

    /** Returns when what was read was made; -1 where it never was. */
    long madeMoment(String key, byte[] data) {
        return this.made.getOrDefault(key + " " + text(data), -1L);
    }

}
