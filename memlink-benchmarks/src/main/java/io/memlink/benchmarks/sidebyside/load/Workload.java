package io.memlink.benchmarks.sidebyside.load;

import java.util.List;
import java.util.stream.Stream;

/**
 * The work that a client is asked to do.
 *
 * @param name how it is chosen, see {@link WorkloadName}
 * @param kind how it is driven
 * @param threads callers
 * @param window operations in progress for each caller, where it does not wait
 * @param valueBytes size of each value
 * @param setPercent share of stores
 * @param keysPerCall more than one for a multi-get
 * @param servers what they are asked of
 * @param rate calls per second of an open loop
 * @param contenders who takes part, unless others are named
 */
public record Workload(String name, Kind kind, int threads, int window, int valueBytes, int setPercent, int keysPerCall,
        ServerSetup servers, int rate, List<String> contenders) {

    private static final int MOST_KEYS = 10_000;

    private static final int MOST_BYTES_OF_VALUES = 51_200_000;

    /** The way in which a load is driven. */
    public enum Kind {

        /** A caller keeps its window full, and refills it when half of it is empty. */
        ASYNC,

        /** A caller waits for each answer. */
        SYNC,

        /** As {@link #SYNC}, with virtual threads. */
        VIRTUAL,

        /** Calls begin at fixed times, whether or not others have ended. */
        OPEN,

        /** One caller that waits for each answer, beside calls of an open loop. */
        MIXED,

        /** All callers begin one call at the same time, ten times a second. */
        BURST,

        /** As {@link #SYNC}, but through a cached method. */
        CACHEABLE

    }

    /** Those that are measured if none is named, in the order of the report. */
    public static final List<Workload> ALL = Stream
        .of("async-2x64", "async-2x256", "sync-1", "sync-2", "sync-4", "sync-8", "sync-64", "virtual-1000", "multi-100",
                "multi-100-on-3", "large-10k", "large-100k", "tls-2x64", "open-20k", "cacheable-1", "cacheable-8",
                "cacheable-64")
        .map(Workload::named)
        .toList();

    /** Reads a workload from its name. */
    public static Workload named(String name) {
        return WorkloadName.parse(name);
    }

    /** Returns how many keys there are: fewer where values are large. */
    public int keys() {
        return Math.min(MOST_KEYS, MOST_BYTES_OF_VALUES / Math.max(1, this.valueBytes));
    }

    /** Returns how many operations can be pending at once. */
    public int mostPending() {
        return this.threads * Math.max(1, this.window);
    }

}
