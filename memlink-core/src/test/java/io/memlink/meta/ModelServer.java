package io.memlink.meta;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server should answer, as plainly as it can be said: a map. Items live longer
 * than any test; a version stands for a CAS token.
 */
final class ModelServer {

    /** Time to live of items that never expire. */
    static final int NEVER = Integer.MAX_VALUE;

    private static final Pattern NUMERIC = Pattern.compile("(\\d+)(\\s.*)?", Pattern.DOTALL);

    private final Map<Key, Item> items = new HashMap<>();

    private int lastVersion;

    /** The item of a key. */
    static final class Item {

        private String value = "";

        private int flags;

        private int timeToLive = NEVER;

        private int version;

        private boolean stale;

        private boolean winSent;

    }

    /**
     * What is answered.
     *
     * @param status what happened
     * @param value the value, or the number
     * @param flags the client flags
     * @param timeToLive seconds
     * @param version what the CAS token stands for
     * @param marks X stale, W won, Z won already
     */
    record Answer(String status, @Nullable String value, int flags, int timeToLive, int version, String marks) {

        static Answer of(String status) {
            return new Answer(status, null, 0, 0, 0, "");
        }

    }

    private static Answer answer(String status, Item item, String marks) {
        return new Answer(status, item.value, item.flags, item.timeToLive, item.version, marks);
    }

    /** Returns the length of a value, 0 where there is none. */
    int length(Key key) {
        Item item = this.items.get(key);
        return (item != null) ? item.value.length() : 0;
    }

    Answer get(Key key, @Nullable Integer vivify, @Nullable Integer recacheBelow, @Nullable Integer touch) {
        Item item = this.items.get(key);
        if (item == null && vivify == null) {
            return Answer.of("miss");
        }
        if (item == null) {
            item = create(key, "", 0, vivify);
            item.winSent = true;
            touch(item, touch);
            return answer("hit", item, "W");
        }
        boolean recache = recacheBelow != null && item.timeToLive < recacheBelow;
        String marks = item.stale ? "X" : "";
        if (item.winSent) {
            marks += "Z";
        }
        else if (item.stale || recache) {
            marks += "W";
            item.winSent = true;
        }
        touch(item, touch);
        return answer("hit", item, marks);
    }

    Answer set(Key key, String value, int flags, int timeToLive, @Nullable Integer compare, boolean invalidate) {
        Item item = this.items.get(key);
        if (compare == null || (item != null && item.version == compare)) {
            return answer("done", create(key, value, flags, timeToLive), "");
        }
        if (item == null) {
            return Answer.of("miss");
        }
        if (!invalidate || compare > item.version) {
            return Answer.of("exists");
        }
        Item stored = create(key, value, flags, item.timeToLive);
        stored.stale = true;
        stored.winSent = item.winSent;
        return answer("done", stored, "");
    }

    Answer add(Key key, String value, int flags, int timeToLive) {
        return this.items.containsKey(key) ? Answer.of("not stored")
                : answer("done", create(key, value, flags, timeToLive), "");
    }

    Answer replace(Key key, String value, int flags, int timeToLive) {
        return this.items.containsKey(key) ? answer("done", create(key, value, flags, timeToLive), "")
                : Answer.of("not stored");
    }

    Answer extend(Key key, String before, String after) {
        Item item = this.items.get(key);
        return (item == null) ? Answer.of("not stored")
                : answer("done", create(key, before + item.value + after, item.flags, item.timeToLive), "");
    }

    Answer delete(Key key, @Nullable Integer compare) {
        Item item = this.items.get(key);
        if (item == null) {
            return Answer.of("miss");
        }
        if (compare != null && compare != item.version) {
            return Answer.of("exists");
        }
        this.items.remove(key);
        return Answer.of("done");
    }

    Answer markStale(Key key, @Nullable Integer timeToLive) {
        Item item = this.items.get(key);
        if (item == null) {
            return Answer.of("miss");
        }
        item.stale = true;
        item.winSent = false;
        item.version = ++this.lastVersion;
        touch(item, timeToLive);
        return Answer.of("done");
    }

    Answer count(Key key, long delta, boolean decrement, @Nullable Long initial, int timeToLive) {
        Item item = this.items.get(key);
        if (item == null && initial == null) {
            return Answer.of("miss");
        }
        if (item == null) {
            return answer("done", create(key, Long.toUnsignedString(initial), 0, timeToLive), "");
        }
        // What follows a number and a space is overlooked, and lost.
        Matcher numeric = NUMERIC.matcher(item.value);
        if (!numeric.matches()) {
            return Answer.of("not numeric");
        }
        long number = Long.parseUnsignedLong(numeric.group(1));
        long result = !decrement ? number + delta : (Long.compareUnsigned(delta, number) > 0) ? 0 : number - delta;
        String text = Long.toUnsignedString(result);
        int length = item.value.getBytes(StandardCharsets.UTF_8).length;
        if (text.length() > length) {
            item = create(key, text, item.flags, item.timeToLive);
        }
        else {
            // The number is changed where it lies.
            item.value = text + " ".repeat(length - text.length());
            item.version = ++this.lastVersion;
        }
        return new Answer("done", text, 0, item.timeToLive, item.version, "");
    }

    private Item create(Key key, String value, int flags, int timeToLive) {
        Item item = new Item();
        item.value = value;
        item.flags = flags;
        item.timeToLive = timeToLive;
        item.version = ++this.lastVersion;
        this.items.put(key, item);
        return item;
    }

    private static void touch(Item item, @Nullable Integer timeToLive) {
        if (timeToLive != null) {
            item.timeToLive = timeToLive;
        }
    }

}
