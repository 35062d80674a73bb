package io.memlink.link;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a buffer is found that nobody released. Registered for
 * all test classes of the module.
 */
public final class LeakExtension implements AfterAllCallback {

    private static final long COLLECTION_MILLIS = 2000;

    @Override
    public void afterAll(ExtensionContext context) throws InterruptedException {
        // What the first collection found is queued by the time the second one is over.
        collectGarbage();
        collectGarbage();
        // Netty looks for leaks whenever it hands out a buffer.
        ByteBufAllocator.DEFAULT.directBuffer(1).release();
        List<String> leaks = new ArrayList<>(RememberingLeakDetector.LEAKS);
        RememberingLeakDetector.LEAKS.clear();
        if (!leaks.isEmpty()) {
            throw new AssertionError("buffers that nobody released: " + leaks);
        }
    }

    /** Returns when what was garbage is known to be. */
    private static void collectGarbage() throws InterruptedException {
        ReferenceQueue<Object> queue = new ReferenceQueue<>();
        Reference<Object> reference = new PhantomReference<>(new Object(), queue);
        System.gc();
        queue.remove(COLLECTION_MILLIS);
        Reference.reachabilityFence(reference);
    }

}
