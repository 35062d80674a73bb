package io.memlink.value.suite.shop;

import java.util.function.IntBinaryOperator;

/**
 * Enums as applications write them.
 */
public final class Enums {

    private Enums() {
    }

    public enum Colour {

        RED, GREEN, BLUE

    }

    public enum Operation {

        PLUS {
            @Override
            public int apply(int a, int b) {
                return a + b;
            }
        },
        MINUS {
            @Override
            public int apply(int a, int b) {
                return a - b;
            }
        };

        public abstract int apply(int a, int b);

    }

    public enum SameText {

        A, B;

        @Override
        public String toString() {
            return "same";
        }

    }

    public enum SwappedText {

        A("B"), B("A");

        private final String text;

        SwappedText(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return this.text;
        }

    }

    /** Has a field that the program changes. */
    public enum Stateful {

        ONE, TWO;

        public int state;

    }

    public enum WithLambda {

        ADD((a, b) -> a + b);

        public final IntBinaryOperator operator;

        WithLambda(IntBinaryOperator operator) {
            this.operator = operator;
        }

    }

    public enum Empty {

    }

    public enum Single {

        INSTANCE

    }

    public interface Labelled {

        String label();

    }

    public enum Status implements Labelled {

        OPEN {
            @Override
            public String label() {
                return "open";
            }
        },
        CLOSED {
            @Override
            public String label() {
                return "closed";
            }
        },
        Ünïcödé {
            @Override
            public String label() {
                return "u";
            }
        }

    }

}
