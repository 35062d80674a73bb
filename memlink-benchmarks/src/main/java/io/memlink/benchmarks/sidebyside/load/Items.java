package io.memlink.benchmarks.sidebyside.load;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.memlink.benchmarks.sidebyside.contender.Contender;
import org.jspecify.annotations.Nullable;

/**
 * The items of a run. Each value tells at both ends to which key it belongs, so that one
 * that was mixed up is noticed, unless it is too short for that. Immutable.
 */
public final class Items {

    private static final int STORED_AT_ONCE = 32;

    private static final int BYTES_STORED_AT_ONCE = 4 * 1024 * 1024;

    private static final int STAMPED_BYTES = 8;

    private final List<String> keys = new ArrayList<>();

    private final List<byte[]> values = new ArrayList<>();

    private final int valueBytes;

    public Items(int count, int valueBytes) {
        this.valueBytes = valueBytes;
        for (int i = 0; i < count; i++) {
            this.keys.add("user:" + (1_000_000 + i) + ":profile");
            byte[] value = new byte[valueBytes];
            Arrays.fill(value, (byte) 'x');
            if (valueBytes >= STAMPED_BYTES) {
                ByteBuffer.wrap(value).putInt(0, i).putInt(valueBytes - 4, i);
            }
            this.values.add(value);
        }
    }

    int count() {
        return this.keys.size();
    }

    String key(int index) {
        return this.keys.get(index);
    }

    byte[] value(int index) {
        return this.values.get(index);
    }

    /** Returns whether a value is the one of a key. */
    boolean isRight(int index, byte @Nullable [] value) {
        if (value == null || value.length != this.valueBytes) {
            return false;
        }
        return value.length < STAMPED_BYTES || (stamp(value, 0) == index && stamp(value, value.length - 4) == index);
    }

    private static int stamp(byte[] value, int at) {
        return (value[at] & 0xff) << 24 | (value[at + 1] & 0xff) << 16 | (value[at + 2] & 0xff) << 8
                | (value[at + 3] & 0xff);
    }

    /** Stores all items. */
    public void store(Contender client) {
        List<CompletionStage<?>> stores = new ArrayList<>();
        int atOnce = Math.min(STORED_AT_ONCE, BYTES_STORED_AT_ONCE / Math.max(1, this.valueBytes));
        for (int i = 0; i < count(); i++) {
            stores.add(client.set(key(i), value(i)));
            if (stores.size() == atOnce) {
                join(stores);
            }
        }
        join(stores);
    }

    private static void join(List<CompletionStage<?>> stores) {
        stores.forEach((store) -> store.toCompletableFuture().join());
        stores.clear();
    }

}
