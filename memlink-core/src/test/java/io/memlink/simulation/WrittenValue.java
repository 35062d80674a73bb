package io.memlink.simulation;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/** A value that names itself, and what became of it. */
final class WrittenValue {

    private final int number;

    private final String key;

    /** The client that stores it. */
    private final int client;

    private final Condition condition;

    private final int length;

    private final long madeMoment;

    /** What the origin held when the value was loaded. */
    private final int version;

    /** What has to be there when it is stored, where it is stored with a token. */
    private final @Nullable WrittenValue expected;

    private long lastEffectMoment = -1;

    private long lastGutterNanos = Long.MIN_VALUE;

    private boolean repeatable;

    /** Why it must not take effect any more. */
    private @Nullable String forbidden;

    /** Since when its client may not read it, because nobody knows what became of it. */
    private long unknownMoment = Long.MAX_VALUE;

    /** On what storing it depends. */
    enum Condition {

        NONE, ABSENT, PRESENT, TOKEN, LEASE

    }

    WrittenValue(int number, String key, int client, Condition condition, int length, long madeMoment, int version,
            @Nullable WrittenValue expected) {
        this.number = number;
        this.key = key;
        this.client = client;
        this.condition = condition;
        this.length = length;
        this.madeMoment = madeMoment;
        this.version = version;
        this.expected = expected;
    }

    /** Returns the number in a value, or -1 where it is none of these. */
    static int numberIn(byte[] data) {
        int number = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == ':' && i > 0) {
                return number;
            }
            if (data[i] < '0' || data[i] > '9' || i > 9) {
                return -1;
            }
            number = 10 * number + data[i] - '0';
        }
        return -1;
    }

    byte[] encode() {
        byte[] name = (this.number + ":" + this.key + ":" + this.length + ":").getBytes(StandardCharsets.UTF_8);
        byte[] data = Arrays.copyOf(name, name.length + this.length);
        for (int i = 0; i < this.length; i++) {
            data[name.length + i] = (byte) (31 * this.number + i * i);
        }
        return data;
    }

    boolean matches(String key, byte[] data) {
        return this.key.equals(key) && Arrays.equals(encode(), data);
    }

    int number() {
        return this.number;
    }

    int client() {
        return this.client;
    }

    Condition condition() {
        return this.condition;
    }

    int version() {
        return this.version;
    }

    long madeMoment() {
        return this.madeMoment;
    }

    @Nullable WrittenValue expected() {
        return this.expected;
    }

    void tookEffect(long moment) {
        this.lastEffectMoment = moment;
    }

    boolean hasTakenEffect() {
        return this.lastEffectMoment >= 0;
    }

    long lastEffectMoment() {
        return this.lastEffectMoment;
    }

    void storedInGutter(long nanos) {
        this.lastGutterNanos = nanos;
    }

    /** It is one of many, which are sent again where they were not accepted. */
    WrittenValue repeatable() {
        this.repeatable = true;
        return this;
    }

    boolean mayRepeat() {
        return this.repeatable;
    }

    boolean isInGutter() {
        return this.lastGutterNanos != Long.MIN_VALUE;
    }

    long lastGutterNanos() {
        return this.lastGutterNanos;
    }

    void forbid(String reason) {
        this.forbidden = reason;
    }

    @Nullable String forbidden() {
        return this.forbidden;
    }

    void unknownSince(long moment) {
        this.unknownMoment = moment;
    }

    long unknownMoment() {
        return this.unknownMoment;
    }

    @Override
    public String toString() {
        return "value " + this.number;
    }

}
