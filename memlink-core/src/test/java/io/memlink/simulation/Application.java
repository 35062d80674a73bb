package io.memlink.simulation;

import java.util.List;

import io.memlink.meta.MetaRequest;

/**
 * What an application has besides a client. It stops before the client does, and starts
 * after it.
 */
interface Application {

    /** One that has nothing else. */
    Application NOTHING_ELSE = new Application() {
    };

    /**
     * Stops.
     * @param stopped run when the client may stop
     */
    default void stop(Runnable stopped) {
        stopped.run();
    }

    /** Starts once more, after the client. */
    default void startAgain() {
        // Nothing has stopped.
    }

    /** Ends for good, while the client is stopped. */
    default void end() {
        // Nothing is left.
    }

    /** Another one of the kind begins, with a new client. */
    default void beginAnew() {
        // It has nothing else.
    }

    /** A request of its client is about to leave; others may do something before. */
    default void sends(MetaRequest<?> request) {
        // Nobody does.
    }

    /** Returns what one that is idle must not have. */
    default List<String> leftOvers() {
        return List.of();
    }

}
