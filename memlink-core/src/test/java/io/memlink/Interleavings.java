package io.memlink;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/**
 * How Lincheck tries operations against each other: after one of them, and with none at
 * the end, since what holds then is validated.
 */
public final class Interleavings {

    private Interleavings() {
    }

    /** Each switch between two threads in turn. */
    public static ModelCheckingOptions ofTwoThreads() {
        return new ModelCheckingOptions().threads(2).actorsPerThread(3).actorsBefore(1).actorsAfter(0);
    }

    /** Three threads at once, as the processor has it. */
    public static StressOptions underStress() {
        return new StressOptions().threads(3).actorsPerThread(3).actorsBefore(1).actorsAfter(0);
    }

}
