package io.memlink.value.suite;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.memlink.value.suite.shop.Beans;
import io.memlink.value.suite.shop.Enums;
import io.memlink.value.suite.shop.Enums.Colour;
import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Arrays.
 */
final class ArrayValues {

    private ArrayValues() {
    }

    static void addTo(ValueCase.Kind values) {
        primitives(values);
        objects(values);
    }

    private static void primitives(ValueCase.Kind values) {
        values.add("int[], long[], double[]", () -> List.of(new int[] { 1, -2 }, new long[] { Long.MIN_VALUE },
                new double[] { -0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000123L) }));
        values.add("int[] at the root", () -> new int[] { 1, 2 });
        values.add("byte[] at the root", () -> new byte[] { 1, 2 });
        values.add("boolean[], char[], short[], float[], byte[]",
                () -> List.of(new boolean[] { true, false, true }, new char[] { 'x', '\uD800', '\0' },
                        new short[] { 3, Short.MIN_VALUE }, new float[] { 1.5f, Float.intBitsToFloat(0x7fc00001) },
                        new byte[] { 1, 2 }));
        values.add("empty arrays of all primitives", () -> new Object[] { new boolean[0], new byte[0], new short[0],
                new char[0], new int[0], new long[0], new float[0], new double[0] });
        values.add("boolean[] of each length up to 20", () -> {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i <= 20; i++) {
                boolean[] array = new boolean[i];
                for (int k = 0; k < i; k++) {
                    array[k] = (k * i) % 3 == 1;
                }
                all.add(array);
            }
            return all;
        });
        values.add("int[][]", () -> new int[][] { { 1 }, {}, null });
        values.add("int[][][]", () -> new int[][][] { { { 1 }, {} }, null, {} });
        values.add("byte[][] and long[][] in records",
                () -> box(List.of(new byte[][] { { 1 } }, new long[][] { { 2 } })));
    }

    private static void objects(ValueCase.Kind values) {
        values.add("String[]", () -> new String[] { "a", null });
        values.add("Object[]", () -> new Object[] { 1L, "x", null, 'c' });
        values.add("Long[], Integer[], Number[]",
                () -> List.of(new Long[] { 1L }, new Integer[] { 1 }, new Number[] { 1L, 1, 1.5f }));
        values.add("record[], enum[], List[]", () -> List.of(new Records.Point[] { new Records.Point(1, 2), null },
                new Colour[] { Colour.RED }, new List<?>[] { List.of(1L) }));
        values.add("record[] at the root", () -> new Records.Point[] { new Records.Point(1, 2) });
        values.add("empty arrays of objects", () -> List.of(new String[0], new Object[0], new Records.Point[0],
                new Colour[0], new Object[0][0], new Records.Point[0][]));
        values.add("Object[] that is a String[]",
                () -> box(new Object[] { new String[] { "a" }, new Object[] { "a" } }));
        values.add("enum[] with bodies", () -> new Enums.Operation[] { Enums.Operation.PLUS, null });
        values.add("interface[]", () -> new Beans.Pet[] { new Beans.Cat("c"), new Beans.Dog() });
        values.add("sealed interface[]", () -> new Records.Shape[] { new Records.Circle(1) });
        values.add("abstract class[]", () -> new Beans.Abstract[] { new Beans.Concrete("b", "o") });
        values.add("Comparable[], Serializable[], CharSequence[]", () -> List.of(new Comparable<?>[] { 1, "a" },
                new Serializable[] { 1L }, new CharSequence[] { "a", new StringBuilder("b") }));
        values.add("Cloneable[] of arrays", () -> new Cloneable[] { new int[] { 1 } });
        values.add("String[][][]", () -> new String[][][] { { { "a", null }, {} }, {}, null });
        values.add("Object[][] of odd rows",
                () -> new Object[][] { { 1L }, new String[] { "s" }, new Integer[] { 1 } });
        values.add("Map[], Map.Entry[], Map.Entry[][]", () -> List.of(new Map<?, ?>[] { Map.of(1, 2) },
                new Map.Entry<?, ?>[] { Map.entry(1, 2) }, new Map.Entry<?, ?>[][] { {} }));
        values.add("ArrayList[], HashMap[]",
                () -> List.of(new ArrayList<?>[] { new ArrayList<>(List.of(1)) }, new java.util.HashMap<?, ?>[0]));
        values.add("java.time[]", () -> List.of(new java.time.LocalDate[] { java.time.LocalDate.EPOCH },
                new java.time.temporal.Temporal[] { java.time.Instant.EPOCH }));
        values.add("Date[] with a Timestamp",
                () -> new java.util.Date[] { new java.util.Date(5), new java.sql.Timestamp(6) });
        values.add("Class[]", () -> new Class<?>[] { String.class });
        values.add("Throwable[]", () -> new Throwable[0]);
        values.add("Thread[], empty", () -> new Thread[0]);
        values.add("array of 100 equal records", () -> {
            Records.Point[] all = new Records.Point[100];
            java.util.Arrays.fill(all, new Records.Point(1, 2));
            return all;
        });
        values.add("array of an inner class, empty", () -> new Beans.Inner[0]);
        values.add("array in a list in an array", () -> new Object[] { new ArrayList<>(List.of(new Object[] { 1 })) });
    }

}
