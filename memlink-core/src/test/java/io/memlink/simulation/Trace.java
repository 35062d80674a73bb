package io.memlink.simulation;

import java.io.PrintStream;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Everything that has happened, as one number that is the same where the same has
 * happened; printed on demand.
 */
final class Trace {

    private static final long PRIME = 0x100000001B3L;

    private final SimulatedTime time;

    private final @Nullable PrintStream out;

    private long hash = 0xCBF29CE484222325L;

    private long steps;

    Trace(SimulatedTime time, @Nullable PrintStream out) {
        this.time = time;
        this.out = out;
    }

    void note(String what) {
        this.steps++;
        add(this.time.nanoTime());
        for (int i = 0; i < what.length(); i++) {
            add(what.charAt(i));
        }
        if (this.out != null) {
            this.out.printf("%8d %12.6f %s%n", this.steps, this.time.elapsedNanos() / 1e9, what);
        }
    }

    /** Tells those who look on more. */
    void detail(Supplier<String> what) {
        if (this.out != null) {
            this.out.printf("%8s %12.6f   %s%n", "", this.time.elapsedNanos() / 1e9, what.get());
        }
    }

    private void add(long number) {
        this.hash = (this.hash ^ number) * PRIME;
    }

    long steps() {
        return this.steps;
    }

    long hash() {
        return this.hash;
    }

}
