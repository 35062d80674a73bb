package io.memlink.benchmarks.sidebyside;

/** A client that did not get as far as to be measured. */
final class RunFailedException extends Exception {

    private static final long serialVersionUID = 1;

    RunFailedException(String message) {
        super(message);
    }

}
