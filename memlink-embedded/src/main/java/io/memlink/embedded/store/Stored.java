package io.memlink.embedded.store;

import org.jspecify.annotations.Nullable;

/**
 * What became of a store.
 *
 * @param outcome whether it was stored, or why not
 * @param item what is stored now, null unless stored
 * @since 0.1.0
 */
public record Stored(Outcome outcome, @Nullable Item item) {

    /** The outcomes of a store. */
    public enum Outcome {

        /** It is stored. */
        STORED,

        /** The mode forbade it. */
        NOT_STORED,

        /** The item that is there has another CAS id. */
        EXISTS,

        /** There is no item to compare with. */
        NOT_FOUND

    }

}
