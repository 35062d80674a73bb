package io.memlink.value.suite;

/**
 * A change of classes between two deployments. The class {@code V} of each version has a
 * method that makes what a load would give.
 */
record ClassChange(String name, String before, String after, Expect expect) {

    /** What both may read of each other. */
    enum Expect {

        /** Nothing of each other: always a miss, or what a load would give. */
        CHANGED,

        /** The same, only that the old version is not tried with bytes of the new. */
        FORWARD,

        /** Everything: a miss would be needless. */
        SAME

    }

    static ClassChange changed(String name, String before, String after) {
        return new ClassChange(name, before, after, Expect.CHANGED);
    }

    static ClassChange forward(String name, String before, String after) {
        return new ClassChange(name, before, after, Expect.FORWARD);
    }

    static ClassChange same(String name, String before, String after) {
        return new ClassChange(name, before, after, Expect.SAME);
    }

    /** A record and how one is made. */
    static String record(String components, String arguments) {
        return record(components, arguments, "");
    }

    static String record(String components, String arguments, String body) {
        return "public record V(" + components + ") implements java.io.Serializable { " + body
                + " public static Object make() { return new V(" + arguments + "); } }";
    }

    /** A class with fields, and how they are set. */
    static String bean(String fields, String set) {
        return "public class V implements java.io.Serializable { " + fields
                + " public static Object make() { V v = new V(); " + set + " return v; } }";
    }

    /** A class that only makes something of other classes. */
    static String maker(String made, String others) {
        return "public class V { public static Object make() { return " + made + "; } } " + others;
    }

}
