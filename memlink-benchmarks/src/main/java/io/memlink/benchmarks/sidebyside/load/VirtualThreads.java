package io.memlink.benchmarks.sidebyside.load;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Virtual threads, of which the JDK that this is compiled for knows nothing. */
final class VirtualThreads {

    private VirtualThreads() {
    }

    /** Creates a thread that is not started yet. */
    static Thread of(Runnable task) {
        try {
            Class<?> builder = Class.forName("java.lang.Thread$Builder");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Object ofVirtual = lookup
                .findStatic(Thread.class, "ofVirtual",
                        MethodType.methodType(Class.forName("java.lang.Thread$Builder$OfVirtual")))
                .invoke();
            MethodHandle unstarted = lookup.findVirtual(builder, "unstarted",
                    MethodType.methodType(Thread.class, Runnable.class));
            return (Thread) unstarted.invoke(ofVirtual, task);
        }
        catch (Throwable ex) {
            throw new IllegalStateException(
                    "No virtual threads in Java " + Runtime.version() + " (expected: java= of a JDK 21 or later)", ex);
        }
    }

}
