package io.memlink.value.suite;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/**
 * A value that could cost much, or bytes that could, tried in threads of a small stack:
 * it has to be refused or brought back, at a cost that is in proportion to its bytes.
 */
final class CostlyTrial {

    static final String READ = "read";

    static final String REFUSED = "refused";

    static final String MISS = "miss";

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
        .getThreadMXBean();

    private CostlyTrial() {
    }

    /** What became of a value: one of the above, or what is wrong. */
    static String of(Subject subject, Callable<Object> make) throws Exception {
        Subject.Session session = subject.open(CostlyTrial.class.getClassLoader(), Values.TRUSTED);
        Object value = make.call();
        byte[] bytes;
        try {
            bytes = within(() -> session.encode(value));
        }
        catch (Throwable ex) {
            return subject.isRefusal(ex) ? REFUSED : "refused by " + ex;
        }
        String read = read(subject, bytes);
        return (read.equals(MISS) && subject.isStrict()) ? "was written and is not read" : read;
    }

    /** What became of bytes. */
    static String read(Subject subject, byte[] bytes) {
        Subject.Session session = subject.open(CostlyTrial.class.getClassLoader(), Values.TRUSTED);
        long[] allocated = new long[1];
        Throwable thrown = null;
        try {
            within(() -> {
                long before = THREADS.getCurrentThreadAllocatedBytes();
                try {
                    return session.decode(bytes);
                }
                finally {
                    allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
                }
            });
        }
        catch (Throwable ex) {
            thrown = ex;
        }
        if (thrown != null && !subject.isMiss(thrown)) {
            return "missed by " + thrown;
        }
        if (allocated[0] > subject.allocationLimit(bytes.length)) {
            return "allocated " + allocated[0] + " for " + bytes.length;
        }
        return (thrown != null) ? MISS : READ;
    }

    /** What is not done in two minutes never is. */
    private static <T> T within(Callable<T> work) throws Throwable {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "small", 512 << 10);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(120, TimeUnit.SECONDS);
        }
        catch (ExecutionException ex) {
            throw ex.getCause();
        }
    }

}
