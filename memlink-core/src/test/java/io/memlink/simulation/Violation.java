package io.memlink.simulation;

/** A promise that was broken; ends the simulation. */
final class Violation extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

}
