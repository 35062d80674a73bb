package io.memlink.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Something that goes wrong with one reply. Given to a {@link FaultScript}. Immutable,
 * except for {@link HoldFault}.
 *
 * @since 0.1.0
 */
public abstract sealed class Fault permits HoldFault, ReplyFault {

    Fault() {
    }

    abstract void apply(byte[] reply, ReplyOutlet outlet);

    boolean ignoresRequest() {
        return false;
    }

    /**
     * The request is not carried out and not answered, as if it had never been received.
     * @return the fault
     */
    public static Fault ignoreRequest() {
        return new ReplyFault(true, (reply, outlet) -> {
        });
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
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
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
            outlet.write(reply);
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
            outlet.write(extra);
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
        return new ReplyFault((reply, outlet) -> outlet.write(change.apply(reply)));
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

}
