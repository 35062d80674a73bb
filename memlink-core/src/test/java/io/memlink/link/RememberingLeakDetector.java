package io.memlink.link;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.netty.util.ResourceLeakDetector;

/**
 * Remembers the buffers that nobody released; Netty makes it where a system property
 * names it.
 *
 * @param <T> what leaks
 */
public final class RememberingLeakDetector<T> extends ResourceLeakDetector<T> {

    static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    /** Called by Netty. */
    public RememberingLeakDetector(Class<?> type, int samplingInterval) {
        super(type, samplingInterval);
    }

    /** Called by Netty. */
    public RememberingLeakDetector(Class<?> type, int samplingInterval, long maxActive) {
        super(type, samplingInterval);
    }

    @Override
    protected void reportTracedLeak(String type, String records) {
        LEAKS.add(type + records);
        super.reportTracedLeak(type, records);
    }

    @Override
    protected void reportUntracedLeak(String type) {
        LEAKS.add(type);
        super.reportUntracedLeak(type);
    }

}
