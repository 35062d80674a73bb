package io.memlink.cluster.routing;

import java.util.concurrent.CompletionException;

/** What futures wrap failures in. */
final class Failures {

    private Failures() {
    }

    /** Returns what a stage failed with in the first place. */
    static Throwable unwrap(Throwable failure) {
        Throwable cause = failure.getCause();
        return (failure instanceof CompletionException && cause != null) ? cause : failure;
    }

}
