package io.memlink.benchmarks.sidebyside.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

import io.memlink.benchmarks.sidebyside.contender.Contender;
import org.jspecify.annotations.Nullable;

/**
 * Callers that keep a number of calls pending: each fills its window, and fills it again
 * when half of it is empty.
 */
final class AsyncLoad extends Load {

    AsyncLoad(Contender client, Items items, Workload workload) {
        super(client, items, workload);
    }

    @Override
    void call() {
        Window window = new Window(Thread.currentThread(), workload().window());
        while (isRunning()) {
            while (window.underWay.get() < window.size) {
                window.underWay.incrementAndGet();
                begin(window);
            }
            while (window.underWay.get() > window.size / 2 && isRunning()) {
                LockSupport.park(this);
            }
        }
    }

    private void begin(Window window) {
        long start = System.nanoTime();
        int index = anyIndex();
        if (workload().keysPerCall() > 1) {
            beginMany(window, start);
        }
        else if (nextIsStore()) {
            client().set(items().key(index), items().value(index))
                .whenComplete((stored, failure) -> end(window, start, true, failure));
        }
        else {
            client().get(items().key(index)).whenComplete(new Reading(this, window, start, index));
        }
    }

    private void beginMany(Window window, long start) {
        int count = workload().keysPerCall();
        int[] indexes = new int[count];
        List<String> keys = new ArrayList<>(count);
        int first = anyIndex();
        for (int i = 0; i < count; i++) {
            indexes[i] = (first + i * 37) % items().count();
            keys.add(items().key(indexes[i]));
        }
        client().getAll(keys)
            .whenComplete(
                    (values, failure) -> end(window, start, failure == null && areRight(indexes, values), failure));
    }

    private boolean areRight(int[] indexes, Map<String, byte[]> values) {
        for (int index : indexes) {
            if (!items().isRight(index, values.get(items().key(index)))) {
                return false;
            }
        }
        return true;
    }

    private void end(Window window, long start, boolean right, @Nullable Throwable failure) {
        if (failure != null) {
            failed();
        }
        else {
            succeeded(start);
            if (!right) {
                wrong();
            }
        }
        window.ended();
    }

    /** The callback that follows a read. */
    private record Reading(AsyncLoad load, Window window, long start,
            int index) implements BiConsumer<byte @Nullable [], @Nullable Throwable> {

        @Override
        public void accept(byte @Nullable [] value, @Nullable Throwable failure) {
            this.load.end(this.window, this.start, this.load.items().isRight(this.index, value), failure);
        }

    }

    /** The calls of one caller that are pending. */
    private static final class Window {

        private final Thread caller;

        private final int size;

        private final AtomicInteger underWay = new AtomicInteger();

        private Window(Thread caller, int size) {
            this.caller = caller;
            this.size = size;
        }

        private void ended() {
            if (this.underWay.decrementAndGet() == this.size / 2) {
                LockSupport.unpark(this.caller);
            }
        }

    }

}
