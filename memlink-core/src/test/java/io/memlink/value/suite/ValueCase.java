package io.memlink.value.suite;

import java.util.function.Consumer;

/**
 * A value of the suite. It is made anew for each use, and, where equality does not see
 * all of it, observed: what is observed of the copy has to be what is observed of another
 * original.
 */
record ValueCase(String kind, String name, Make make, Observe observe) {

    String id() {
        return this.kind + " | " + this.name;
    }

    /** Makes the value. */
    @FunctionalInterface
    interface Make {

        Object make() throws Exception;

    }

    /** Uses a value, and says what happened. */
    @FunctionalInterface
    interface Observe {

        Object of(Object value) throws Exception;

    }

    /** Collects the values of one kind. */
    record Kind(String name, Consumer<ValueCase> all) {

        void add(String value, Make make) {
            add(value, make, (same) -> "");
        }

        void add(String value, Make make, Observe observe) {
            this.all.accept(new ValueCase(this.name, value, make, observe));
        }

    }

}
