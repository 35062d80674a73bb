package io.memlink.benchmarks.raw;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A command and the future of its result. Confined to the event loop, but for the future.
 *
 * @param <T> the type of the result
 */
public abstract class RawOperation<T extends @Nullable Object> extends CompletableFuture<T> {

    private RawOperation() {
    }

    /**
     * Reads a value.
     * @param key its key
     * @return the operation, to be sent
     */
    public static RawOperation<byte @Nullable []> get(String key) {
        return new Get(key);
    }

    /**
     * Stores a value.
     * @param key its key
     * @param value its bytes
     * @return the operation, to be sent
     */
    public static RawOperation<Boolean> set(String key, byte[] value) {
        return new Set(key, value);
    }

    /**
     * Reads many values, with the classic command: the cheapest way where nothing but
     * values is wanted.
     * @param keys their keys
     * @return the operation, to be sent
     */
    public static RawOperation<Map<String, byte[]>> getAll(List<String> keys) {
        return new GetAll(keys);
    }

    abstract void encode(RawBuffer out);

    /**
     * Takes a line of the reply.
     * @return how many bytes of a value follow; -1 where none do
     */
    abstract int line(byte[] line, int length);

    /** Takes a value. Returns whether the reply is complete, as {@link #line} may be. */
    abstract boolean value(byte[] value);

    /** Returns whether the line was the last of the reply. */
    abstract boolean endsWithLine();

    static int number(byte[] line, int start, int length) {
        int number = 0;
        for (int i = start; i < length && line[i] >= '0' && line[i] <= '9'; i++) {
            number = number * 10 + line[i] - '0';
        }
        return number;
    }

    private static final class Get extends RawOperation<byte @Nullable []> {

        private final String key;

        Get(String key) {
            this.key = key;
        }

        @Override
        void encode(RawBuffer out) {
            out.write("mg ").write(this.key).write(" v\r\n");
        }

        @Override
        int line(byte[] line, int length) {
            if (line[0] == 'V') {
                return number(line, 3, length);
            }
            complete(null);
            return -1;
        }

        @Override
        boolean value(byte[] value) {
            complete(value);
            return true;
        }

        @Override
        boolean endsWithLine() {
            return true;
        }

    }

    private static final class Set extends RawOperation<Boolean> {

        private final String key;

        private final byte[] value;

        Set(String key, byte[] value) {
            this.key = key;
            this.value = value;
        }

        @Override
        void encode(RawBuffer out) {
            out.write("ms ").write(this.key).write(" ").write(Integer.toString(this.value.length)).write("\r\n");
            out.write(this.value).write("\r\n");
        }

        @Override
        int line(byte[] line, int length) {
            complete(line[0] == 'H');
            return -1;
        }

        @Override
        boolean value(byte[] value) {
            throw new IllegalStateException("no value expected");
        }

        @Override
        boolean endsWithLine() {
            return true;
        }

    }

    private static final class GetAll extends RawOperation<Map<String, byte[]>> {

        private final List<String> keys;

        private final Map<String, byte[]> values;

        private int next;

        private boolean ended;

        GetAll(List<String> keys) {
            this.keys = keys;
            this.values = new HashMap<>(2 * keys.size());
        }

        @Override
        void encode(RawBuffer out) {
            out.write("get");
            for (String key : this.keys) {
                out.write(" ").write(key);
            }
            out.write("\r\n");
        }

        @Override
        int line(byte[] line, int length) {
            if (line[0] == 'E') {
                this.ended = true;
                complete(this.values);
                return -1;
            }
            // VALUE key flags bytes; replies come in the order of the keys.
            while (!isNext(line)) {
                this.next++;
            }
            int start = length - 1;
            while (line[start - 1] != ' ') {
                start--;
            }
            return number(line, start, length);
        }

        private boolean isNext(byte[] line) {
            byte[] key = this.keys.get(this.next).getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < key.length; i++) {
                if (line["VALUE ".length() + i] != key[i]) {
                    return false;
                }
            }
            return line["VALUE ".length() + key.length] == ' ';
        }

        @Override
        boolean value(byte[] value) {
            this.values.put(this.keys.get(this.next++), value);
            return false;
        }

        @Override
        boolean endsWithLine() {
            return this.ended;
        }

    }

}
