package io.memlink.meta.classic;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

import com.sun.management.ThreadMXBean;
import io.memlink.error.MemlinkException;
import io.memlink.link.LinkTesting;
import io.memlink.link.Request;
import io.memlink.meta.Key;
import io.memlink.meta.MetaArithmetic;
import io.memlink.meta.MetaBatch;
import io.memlink.meta.MetaDebug;
import io.memlink.meta.MetaDelete;
import io.memlink.meta.MetaGet;
import io.memlink.meta.MetaNoop;
import io.memlink.meta.MetaSet;

/**
 * What a hostile server may send. The first byte of the input chooses who reads it, the
 * second where the network cuts it.
 */
public final class ReplyFuzzer {

    /** An eager block, a long line, and whatever a failure takes. */
    private static final long MAX_CONSTANT_BYTES = 1 << 20;

    private static final long MAX_BYTES_FOR_A_BYTE = 256;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final Key KEY = Key.of("foo");

    private static final List<Request<?>> REQUESTS = List.of(MetaGet.builder(KEY).value().build(),
            MetaSet.builder(KEY, new byte[1]).build(), MetaDelete.builder(KEY).build(),
            MetaArithmetic.builder(KEY).value().build(), MetaNoop.INSTANCE, MetaDebug.of(KEY),
            MetaBatch.of(List.of(MetaGet.builder(KEY).value().build(), MetaSet.builder(KEY, new byte[1]).build(),
                    MetaArithmetic.builder(KEY).value().build(), MetaDelete.builder(KEY).build())),
            MetaBatch.ofValues(List.of(KEY, Key.of("b"), Key.of("c"))), ServerCommands.version(),
            ServerCommands.stats(), ServerCommands.metadump((item) -> {
            }), ServerCommands.clusterConfig(), new GreetingRequest("version\r\n"));

    private ReplyFuzzer() {
    }

    /**
     * Called by the fuzzer.
     * @param input any bytes
     */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        Request<?> request = REQUESTS.get((input[0] & 0xff) % REQUESTS.size());
        byte[] reply = Arrays.copyOfRange(input, 2, input.length);
        String whole = outcome(request, reply);
        int cut = (input[1] & 0xff) % Math.max(1, reply.length);
        String cutOnce = outcome(request, Arrays.copyOf(reply, cut), Arrays.copyOfRange(reply, cut, reply.length));
        if (!whole.equals(cutOnce)) {
            throw new AssertionError(request + ": " + whole + ", but cut at " + cut + ": " + cutOnce);
        }
    }

    @SuppressWarnings("IdentityBinaryExpression") // measured twice on purpose
    private static String outcome(Request<?> request, byte[]... pieces) {
        long received = Arrays.stream(pieces).mapToLong((piece) -> piece.length).sum();
        long bound = MAX_CONSTANT_BYTES + MAX_BYTES_FOR_A_BYTE * received;
        // The first time, classes may have been loaded.
        if (allocated(request, pieces) > bound && allocated(request, pieces) > bound) {
            throw new AssertionError(request + ": more than " + bound + " bytes allocated for " + received);
        }
        return decode(request, pieces);
    }

    private static long allocated(Request<?> request, byte[]... pieces) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        decode(request, pieces);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static String decode(Request<?> request, byte[]... pieces) {
        try {
            return String.valueOf(LinkTesting.decode(request.decoder(), pieces));
        }
        catch (MemlinkException ex) {
            return ex.toString();
        }
        catch (IllegalStateException ex) {
            return "more than one reply";
        }
    }

}
