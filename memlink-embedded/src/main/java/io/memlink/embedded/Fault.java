package io.memlink.embedded;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something that goes wrong with one reply. Given to a {@link FaultScript}. Immutable,
 * except for {@link HoldFault}.
 *
 * @since 0.1.0
 */
public abstract sealed class Fault permits HoldFault, ReplyFault, Fault.RequestFault {

    private static final Pattern LENGTH = Pattern.compile("(VA |VALUE \\S+ \\d+ )(\\d+)");

    Fault() {
    }

    abstract void apply(byte[] reply, ReplyOutlet outlet);

    boolean preventsRequest() {
        return false;
    }

    /**
     * Returns what takes the place of a request that is prevented, empty for nothing.
     */
    String refusal() {
        return "";
    }

    /**
     * The request is not carried out and not answered, as if it had never been received.
     * @return the fault
     */
    public static Fault ignoreRequest() {
        return new RequestFault("");
    }

    /**
     * The request is not carried out, its payload is passed over, and
     * {@code SERVER_ERROR} with a text is the answer, even where the client wants none.
     * @param text what follows the word, for example {@code out of memory}
     * @return the fault
     */
    public static Fault serverError(String text) {
        return new RequestFault("SERVER_ERROR " + Objects.requireNonNull(text, "text"));
    }

    /**
     * The request is carried out, its reply is not sent.
     * @return the fault
     */
    public static Fault dropReply() {
        return new ReplyFault((reply, outlet) -> {
        });
    }

    /**
     * The first bytes of the reply are sent, then the connection closes.
     * @param bytes how many bytes are sent, 0 or more
     * @return the fault
     */
    public static Fault truncateAfter(int bytes) {
        requireNotNegative(bytes, "bytes");
        return new ReplyFault((reply, outlet) -> {
            outlet.write(Arrays.copyOf(reply, Math.min(bytes, reply.length)));
            outlet.closeAfterReplies();
        });
    }

    /**
     * The connection closes instead of a reply; earlier replies are sent.
     * @return the fault
     */
    public static Fault closeConnection() {
        return truncateAfter(0);
    }

    /**
     * The connection is reset instead of a reply; earlier replies may be lost.
     * @return the fault
     */
    public static Fault resetConnection() {
        return new ReplyFault((reply, outlet) -> outlet.reset());
    }

    /**
     * A line that no memcached would send takes the place of the reply.
     * @return the fault
     */
    public static Fault garbage() {
        return replaceWith("\u0001\u00ff@ garbage ~\r\n");
    }

    /**
     * Other bytes take the place of the reply.
     * @param reply the bytes, one for each character
     * @return the fault
     */
    public static Fault replaceWith(String reply) {
        byte[] bytes = bytes(reply);
        return change((original) -> bytes);
    }

    /**
     * The reply comes with another status, and is otherwise untouched.
     * @param status the two letters that take the place of the first two
     * @return the fault
     */
    public static Fault wrongStatus(String status) {
        byte[] letters = bytes(status);
        if (letters.length != 2) {
            throw new IllegalArgumentException("status: " + status + " (expected: two letters)");
        }
        return change((original) -> {
            byte[] changed = original.clone();
            System.arraycopy(letters, 0, changed, 0, Math.min(letters.length, changed.length));
            return changed;
        });
    }

    /**
     * The reply carries another opaque of the same length. A reply without opaque stays
     * as it is.
     * @return the fault
     */
    public static Fault wrongOpaque() {
        return change(Fault::changeOpaque);
    }

    /**
     * The reply comes twice.
     * @return the fault
     */
    public static Fault duplicateReply() {
        return new ReplyFault((reply, outlet) -> {
            outlet.write(reply);
            send(reply, outlet);
        });
    }

    /**
     * A line nobody asked for follows the reply.
     * @param line the line, without its end
     * @return the fault
     */
    public static Fault extraLine(String line) {
        byte[] extra = bytes(line + "\r\n");
        return new ReplyFault((reply, outlet) -> {
            outlet.write(reply);
            send(extra, outlet);
        });
    }

    /**
     * Bytes that nobody asked for stand in the midst of the reply.
     * @param position behind how many bytes of the reply, 0 or more
     * @param bytes what is inserted, one byte for each character
     * @return the fault
     */
    public static Fault insert(int position, String bytes) {
        requireNotNegative(position, "position");
        byte[] inserted = bytes(bytes);
        return change((original) -> {
            int at = Math.min(position, original.length);
            byte[] changed = Arrays.copyOf(original, original.length + inserted.length);
            System.arraycopy(inserted, 0, changed, at, inserted.length);
            System.arraycopy(original, at, changed, at + inserted.length, original.length - at);
            return changed;
        });
    }

    /**
     * One byte of the reply is another one: the first of its value, or the first of the
     * reply if it has no value.
     * @return the fault
     */
    public static Fault corrupt() {
        return change((original) -> {
            byte[] changed = original.clone();
            int line = indexOf(changed, '\n') + 1;
            int position = (line < changed.length) ? line : 0;
            changed[position] ^= 0x20;
            return changed;
        });
    }

    /**
     * The reply says another length of its value than it has. A reply without value stays
     * as it is.
     * @param difference what is added to the length, for example -1
     * @return the fault
     */
    public static Fault wrongLength(int difference) {
        return change((original) -> changeLength(original, difference));
    }

    /**
     * The reply changes places with the next one on its connection.
     * @return the fault
     */
    public static Fault swapWithNext() {
        return new ReplyFault((reply, outlet) -> outlet.writeAfterNext(reply));
    }

    /**
     * The reply, and everything after it on its connection, comes later.
     * @param latency how much later at least
     * @return the fault
     */
    public static Fault delay(Duration latency) {
        return delay(latency, Duration.ZERO);
    }

    /**
     * The reply, and everything after it on its connection, comes later, by a time that
     * is drawn anew for each reply.
     * @param latency how much later at least
     * @param jitter what is added at most
     * @return the fault
     */
    public static Fault delay(Duration latency, Duration jitter) {
        requireNotNegative(latency.toMillis(), "latency");
        long bound = Math.max(jitter.toNanos(), 0) + 1;
        return new ReplyFault((reply, outlet) -> {
            outlet.pause(latency.plusNanos(ThreadLocalRandom.current().nextLong(bound)));
            send(reply, outlet);
        });
    }

    /**
     * The reply comes in slices.
     * @param bytes the length of a slice, 1 or more
     * @param pause how much time passes between two of them
     * @return the fault
     */
    public static Fault slices(int bytes, Duration pause) {
        if (bytes < 1) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 1 or more)");
        }
        return new ReplyFault((reply, outlet) -> {
            for (int start = 0; start < reply.length; start += bytes) {
                if (start > 0) {
                    outlet.pause(pause);
                }
                outlet.write(Arrays.copyOfRange(reply, start, Math.min(start + bytes, reply.length)));
                outlet.flush();
            }
            outlet.endOfReply();
        });
    }

    /**
     * Neither the reply nor anything after it on its connection is sent; the connection
     * stays open.
     * @return the fault
     */
    public static Fault stall() {
        return new ReplyFault((reply, outlet) -> outlet.holdForever());
    }

    /**
     * The reply is the last that is sent, and then the end; the server goes on reading
     * and carrying out.
     * @return the fault
     */
    public static Fault halfClose() {
        return new ReplyFault((reply, outlet) -> {
            send(reply, outlet);
            outlet.halfClose();
        });
    }

    /**
     * The reply, and everything after it on its connection, waits until the test releases
     * it.
     * @return the fault, which is the handle too
     */
    public static HoldFault hold() {
        return new HoldFault();
    }

    private static Fault change(UnaryOperator<byte[]> change) {
        return new ReplyFault((reply, outlet) -> send(change.apply(reply), outlet));
    }

    private static void send(byte[] reply, ReplyOutlet outlet) {
        outlet.write(reply);
        outlet.endOfReply();
    }

    private static void requireNotNegative(long number, String name) {
        if (number < 0) {
            throw new IllegalArgumentException(name + ": " + number + " (expected: 0 or more)");
        }
    }

    private static int indexOf(byte[] bytes, char character) {
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == character) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] changeLength(byte[] reply, int difference) {
        String text = new String(reply, StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        if (!length.lookingAt()) {
            return reply;
        }
        long changed = Math.max(Long.parseLong(length.group(2)) + difference, 0);
        return bytes(length.group(1) + changed + text.substring(length.end()));
    }

    private static byte[] changeOpaque(byte[] reply) {
        byte[] changed = reply.clone();
        for (int i = 1; i + 1 < changed.length && changed[i] != '\n'; i++) {
            if (changed[i - 1] == ' ' && changed[i] == 'O' && changed[i + 1] > ' ') {
                changed[i + 1] = (byte) ((changed[i + 1] == '0') ? '1' : '0');
                return changed;
            }
        }
        return changed;
    }

    private static byte[] bytes(String text) {
        return Objects.requireNonNull(text, "text").getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * A request that is not carried out. Immutable.
     */
    static final class RequestFault extends Fault {

        private final String refusal;

        RequestFault(String refusal) {
            this.refusal = refusal;
        }

        @Override
        boolean preventsRequest() {
            return true;
        }

        @Override
        String refusal() {
            return this.refusal;
        }

        @Override
        void apply(byte[] reply, ReplyOutlet outlet) {
            throw new IllegalStateException("The request was not carried out and has no reply");
        }

    }

}
