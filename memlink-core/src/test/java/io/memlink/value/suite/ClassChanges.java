package io.memlink.value.suite;

import java.util.ArrayList;
import java.util.List;

import static io.memlink.value.suite.ClassChange.bean;
import static io.memlink.value.suite.ClassChange.changed;
import static io.memlink.value.suite.ClassChange.forward;
import static io.memlink.value.suite.ClassChange.maker;
import static io.memlink.value.suite.ClassChange.record;
import static io.memlink.value.suite.ClassChange.same;

/**
 * The changes of classes that the suite tries.
 */
final class ClassChanges {

    private static final String UID = "private static final long serialVersionUID = 1; ";

    private static final String ENUM = "public record V(E e, Object o, List<E> l) { public static Object make() "
            + "{ return new V(E.%1$s, E.%1$s, new ArrayList<>(List.of(E.%1$s))); } } enum E { %2$s }";

    private ClassChanges() {
    }

    static List<ClassChange> all() {
        List<ClassChange> all = new ArrayList<>();
        all.addAll(records());
        all.addAll(recordsInside());
        all.addAll(beans());
        all.addAll(types());
        all.addAll(hierarchies());
        all.addAll(kinds());
        all.addAll(enums());
        all.addAll(behaviour());
        all.addAll(harmless());
        return all;
    }

    private static List<ClassChange> records() {
        return List.of(
                changed("record: component added", record("String a", "\"x\""),
                        record("String a, String b", "\"x\", \"y\"")),
                changed("record: primitive added", record("String a", "\"x\""), record("String a, int b", "\"x\", 5")),
                changed("record: component removed", record("String a, String b", "\"x\", \"y\""),
                        record("String a", "\"x\"")),
                changed("record: first component removed", record("String a, String b", "\"x\", \"y\""),
                        record("String b", "\"y\"")),
                changed("record: all components removed", record("String a", "\"x\""), record("", "")),
                changed("record: int to long", record("int a", "5"), record("long a", "5")),
                forward("record: long to int, too large", record("long a", "1L << 40"), record("int a", "7")),
                changed("record: int to short", record("int a", "5"), record("short a", "(short) 5")),
                changed("record: float to int of the same bits", record("float a", "1.5f"), record("int a", "7")),
                changed("record: double to long of the same bits", record("double a", "1.5"), record("long a", "7")),
                changed("record: boolean to byte", record("boolean a", "true"), record("byte a", "(byte) 1")),
                changed("record: char to short", record("char a", "'a'"), record("short a", "(short) 97")),
                changed("record: int to Integer", record("int a", "5"), record("Integer a", "5")),
                changed("record: Integer to Long", record("Integer a", "5"), record("Long a", "5L")),
                changed("record: Integer to Number", record("Integer a", "5"), record("Number a", "5")),
                changed("record: String to Integer", record("String a", "\"5\""), record("Integer a", "5")),
                changed("record: int to String", record("int a", "5"), record("String a", "\"5\"")),
                changed("record: String to Object", record("String a", "\"5\""), record("Object a", "\"5\"")),
                changed("record: String to CharSequence", record("String a", "\"5\""),
                        record("CharSequence a", "\"5\"")),
                changed("record: component renamed", record("String a", "\"x\""), record("String b", "\"x\"")),
                changed("record: names of two exchanged in place", record("String first, String last", "\"f\", \"l\""),
                        record("String last, String first", "\"l\", \"f\"")),
                changed("record: meaning of two exchanged", record("String a, String b", "\"x\", \"y\""),
                        record("String b, String a", "\"y\", \"x\"")),
                changed("record: two of other types exchanged", record("int a, long b", "1, 2"),
                        record("long b, int a", "2, 1")),
                changed("record: names exchanged, types stay", record("int a, long b", "1, 2"),
                        record("int b, long a", "2, 1")),
                changed("record: List<Long> to List<String>", record("List<Long> a", "new ArrayList<>(List.of(1L))"),
                        record("List<String> a", "new ArrayList<>(List.of(\"one\"))")),
                changed("record: List<Long> to List", record("List<Long> a", "new ArrayList<>(List.of(1L))"),
                        record("List a", "new ArrayList<>(List.of(\"one\"))")),
                changed("record: List<Long> to List<? extends Number>",
                        record("List<Long> a", "new ArrayList<>(List.of(1L))"),
                        record("List<? extends Number> a", "new ArrayList<>(List.of(2))")),
                changed("record: Map<Long, V> to Map<String, V>",
                        record("Map<Long, String> a", "new HashMap<>(Map.of(1L, \"x\"))"),
                        record("Map<String, String> a", "new HashMap<>(Map.of(\"1\", \"x\"))")),
                changed("record: deep inside generics", record("Map<String, List<Set<Long>>> a", "new HashMap<>()"),
                        record("Map<String, List<Set<Integer>>> a", "new HashMap<>(Map.of(\"a\", List.of()))")),
                changed("record: List to Set", record("List<String> a", "new ArrayList<>(List.of(\"x\"))"),
                        record("Set<String> a", "new HashSet<>(List.of(\"x\"))")),
                changed("record: List to Collection", record("List<String> a", "new ArrayList<>(List.of(\"x\"))"),
                        record("Collection<String> a", "new HashSet<>(List.of(\"x\"))")),
                changed("record: int[] to long[]", record("int[] a", "new int[] {1}"),
                        record("long[] a", "new long[] {1}")),
                changed("record: int[] to int[][]", record("int[] a", "new int[] {1}"),
                        record("int[][] a", "new int[][] {{1}}")),
                changed("record: Optional<Long> to Optional<Integer>", record("Optional<Long> a", "Optional.of(1L)"),
                        record("Optional<Integer> a", "Optional.of(1)")),
                changed("record: varargs to array is no change", record("int... a", "1"),
                        record("int[] a", "new int[] {1}")),
                changed("record: generic bound changed",
                        "public record V<T extends Number>(T a) { public static Object make() { return new V<>(5); } }",
                        "public record V<T extends Comparable<T>>(T a) { public static Object make() { return new V<>(\"x\"); } }"),
                forward("record: constructor refuses now", record("int a", "-5"),
                        record("int a", "5", "public V { if (a < 0) throw new IllegalArgumentException(\"a\"); }")),
                forward("record: constructor fails with an error now", record("int a", "-5"),
                        record("int a", "5", "public V { if (a < 0) throw new StackOverflowError(); }")),
                forward("record: constructor fails with a LinkageError now", record("int a", "-5"),
                        record("int a", "5", "public V { if (a < 0) throw new NoClassDefFoundError(\"x\"); }")));
    }

    private static List<ClassChange> recordsInside() {
        String one = "public record V(List<I> all) { public static Object make() { return new V(new ArrayList<>(List.of(%s))); } } ";
        String direct = "public record V(I one) { public static Object make() { return new V(%s); } } ";
        return List.of(
                changed("element of a list: component added", one.formatted("new I(\"x\")") + "record I(String a) { }",
                        one.formatted("new I(\"x\", \"y\")") + "record I(String a, String b) { }"),
                changed("record in a record: component added",
                        direct.formatted("new I(\"x\")") + "record I(String a) { }",
                        direct.formatted("new I(\"x\", 5)") + "record I(String a, int b) { }"),
                changed("record in a record: renamed", direct.formatted("new I(\"x\")") + "record I(String a) { }",
                        "public record V(J one) { public static Object make() { return new V(new J(\"x\")); } } record J(String a) { }"),
                changed("empty list of a class that changed", one.formatted("") + "record I(String a) { }",
                        one.formatted("") + "record I(int a) { }"),
                changed("null of a class that changed",
                        "public record V(I one) { public static Object make() { return new V(null); } } record I(String a) { }",
                        "public record V(I one) { public static Object make() { return new V(null); } } record I(int a) { }"),
                changed("key of a map changed", maker("new HashMap<>(Map.of(new K(1), \"v\"))", "record K(int a) { }"),
                        maker("new HashMap<>(Map.of(new K(1, 2), \"v\"))", "record K(int a, int b) { }")),
                changed("element of an array changed", maker("new K[] { new K(1) }", "record K(int a) { }"),
                        maker("new K[] { new K(1L) }", "record K(long a) { }")),
                changed("element of an Optional changed", maker("Optional.of(new K(1))", "record K(int a) { }"),
                        maker("Optional.of(new K(1L))", "record K(long a) { }")),
                changed("field of type interface: other record",
                        "public record V(I one) { public static Object make() { return new V(new A(1)); } } interface I { } record A(int a) implements I { }",
                        "public record V(I one) { public static Object make() { return new V(new A(1L)); } } interface I { } record A(long a) implements I { }"),
                changed("record no longer implements the interface",
                        "public record V(I one) { public static Object make() { return new V(new A(1)); } } interface I { } record A(int a) implements I { }",
                        "public record V(I one) { public static Object make() { return new V(new B(2)); } } interface I { } record A(int a) { } record B(int a) implements I { }"),
                forward("sealed: subtype removed",
                        "public sealed interface V permits A, B { static Object make() { return new ArrayList<>(List.of(new A(1), new B(2))); } } record A(int a) implements V { } record B(int b) implements V { }",
                        "public sealed interface V permits A { static Object make() { return new ArrayList<>(List.of(new A(1))); } } record A(int a) implements V { }"));
    }

    private static List<ClassChange> beans() {
        return List.of(
                changed("bean: field with default added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; List<String> b = new ArrayList<>();",
                                "v.a = \"x\"; v.b = new ArrayList<>(List.of(\"y\"));")),
                changed("bean: primitive added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; int b;", "v.a = \"x\"; v.b = 5;")),
                changed("bean: field removed", bean("String a; String b;", "v.a = \"x\"; v.b = \"y\";"),
                        bean("String a;", "v.a = \"x\";")),
                changed("bean: field renamed", bean("String a;", "v.a = \"x\";"), bean("String c;", "v.c = \"x\";")),
                changed("bean: int to long", bean("int a;", "v.a = 5;"), bean("long a;", "v.a = 5;")),
                changed("bean: int to Integer", bean("int a;", "v.a = 5;"), bean("Integer a;", "v.a = 5;")),
                changed("bean: Date to Instant", bean("Date a;", "v.a = new Date(5);"),
                        bean("java.time.Instant a;", "v.a = java.time.Instant.ofEpochMilli(5);")),
                changed("bean: Date to Timestamp", bean("Date a;", "v.a = new Date(5);"),
                        bean("java.sql.Timestamp a;", "v.a = new java.sql.Timestamp(5);")),
                changed("bean: HashMap to TreeMap", bean("HashMap<String, String> a;", "v.a = new HashMap<>();"),
                        bean("TreeMap<String, String> a;", "v.a = new TreeMap<>();")),
                changed("bean with serialVersionUID: field added", bean(UID + "String a;", "v.a = \"x\";"),
                        bean(UID + "String a; String b;", "v.a = \"x\"; v.b = \"y\";")),
                changed("bean with serialVersionUID: field removed",
                        bean(UID + "String a; String b;", "v.a = \"x\"; v.b = \"y\";"),
                        bean(UID + "String a;", "v.a = \"x\";")),
                changed("bean with serialVersionUID: int to long", bean(UID + "int a;", "v.a = 5;"),
                        bean(UID + "long a;", "v.a = 5;")),
                changed("bean with serialVersionUID: List<Long> to List<String>",
                        bean(UID + "List<Long> a;", "v.a = new ArrayList<>(List.of(1L));"),
                        bean(UID + "List<String> a;", "v.a = new ArrayList<>(List.of(\"one\"));")),
                changed("bean: field becomes transient", bean("String a; String b;", "v.a = \"x\"; v.b = \"y\";"),
                        bean("String a; transient String b;", "v.a = \"x\";")),
                changed("bean: field becomes static", bean("String a; String b;", "v.a = \"x\"; v.b = \"y\";"),
                        bean("String a; static String b;", "v.a = \"x\";")),
                changed("bean: transient field added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; transient String b;", "v.a = \"x\"; v.b = null;")),
                changed("bean: transient field removed", bean("String a; transient int b;", "v.a = \"x\";"),
                        bean("String a;", "v.a = \"x\";")),
                changed("bean: transient field with a default added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; transient String b = \"d\";", "v.a = \"x\";")),
                changed("bean: own writeObject added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; private void writeObject(java.io.ObjectOutputStream o) { }", "v.a = \"x\";")),
                changed("bean: readResolve added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; private Object readResolve() { return this; }", "v.a = \"x\";")),
                changed("final fields: one added",
                        "public class V { private final String a; V(String a) { this.a = a; } public static Object make() { return new V(\"x\"); } }",
                        "public class V { private final String a; private final String b; V(String a, String b) { this.a = a; this.b = b; } public static Object make() { return new V(\"x\", \"y\"); } }"));
    }

    private static List<ClassChange> types() {
        return List.of(
                changed("field's class becomes another of the same fields",
                        maker("new H(new A(1))", "record H(A a) { } record A(int a) { }"),
                        maker("new H(new B(1))", "record H(B a) { } record B(int a) { }")),
                changed("field's class becomes nested",
                        maker("new H(new A(1))", "record H(A a) { } record A(int a) { }"),
                        maker("new H(new H.A(1))", "record H(A a) { record A(int a) { } }")),
                changed("field: type variable to Object",
                        "public class V<T> { T a; public static Object make() { V<String> v = new V<>(); v.a = \"x\"; return v; } }",
                        bean("Object a;", "v.a = \"y\";")),
                changed("field: String[] to List<String>", bean("String[] a;", "v.a = new String[] {\"x\"};"),
                        bean("List<String> a;", "v.a = new ArrayList<>(List.of(\"x\"));")),
                changed("field: Object[] to String[]", bean("Object[] a;", "v.a = new Object[] {\"x\"};"),
                        bean("String[] a;", "v.a = new String[] {\"x\"};")),
                changed("field: LocalDateTime to OffsetDateTime",
                        bean("java.time.LocalDateTime a;", "v.a = java.time.LocalDateTime.MIN;"),
                        bean("java.time.OffsetDateTime a;", "v.a = java.time.OffsetDateTime.MIN;")),
                changed("field: BigDecimal to double",
                        bean("java.math.BigDecimal a;", "v.a = java.math.BigDecimal.ONE;"),
                        bean("double a;", "v.a = 1;")),
                changed("field: enum to String", maker("new H(E.A)", "record H(E a) { } enum E { A }"),
                        maker("new H(\"A\")", "record H(String a) { }")),
                changed("field: enum to another enum with the same constants",
                        maker("new H(E.A)", "record H(E a) { } enum E { A }"),
                        maker("new H(F.A)", "record H(F a) { } enum F { A }")));
    }

    private static List<ClassChange> hierarchies() {
        return List.of(changed("superclass with a field put in", bean("String a;", "v.a = \"x\";"),
                "public class V extends P { String a; public static Object make() { V v = new V(); v.a = \"x\"; v.p = \"p\"; return v; } } class P { String p; }"),
                changed("superclass without fields put in", bean("String a;", "v.a = \"x\";"),
                        "public class V extends P { String a; public static Object make() { V v = new V(); v.a = \"x\"; return v; } } class P { }"),
                changed("superclass renamed",
                        "public class V extends P { public static Object make() { V v = new V(); v.p = \"p\"; return v; } } class P { String p; }",
                        "public class V extends Q { public static Object make() { V v = new V(); v.p = \"p\"; return v; } } class Q { String p; }"),
                changed("field moved to a superclass", bean("String a; String b;", "v.a = \"x\"; v.b = \"y\";"),
                        "public class V extends P { String b; public static Object make() { V v = new V(); v.a = \"x\"; v.b = \"y\"; return v; } } class P { String a; }"),
                changed("same field: moved between parent and child",
                        "public class V extends P { String id = \"v\"; public static Object make() { V v = new V(); ((P) v).id = \"p\"; return v; } } class P { String id; int n; }",
                        "public class V extends P { String id = \"v\"; int n; public static Object make() { V v = new V(); ((P) v).id = \"p\"; return v; } } class P { String id; }"),
                changed("field added to the superclass only",
                        "public class V extends P { String a = \"x\"; public static Object make() { return new V(); } } class P { String p = \"p\"; }",
                        "public class V extends P { String a = \"x\"; public static Object make() { return new V(); } } class P { String p = \"p\"; String q = \"q\"; }"),
                changed("type argument of the superclass changed",
                        "public class V extends P<Long> { public static Object make() { V v = new V(); v.a = new ArrayList<>(List.of(1L)); return v; } } class P<T> { List<T> a; }",
                        "public class V extends P<String> { public static Object make() { V v = new V(); v.a = new ArrayList<>(List.of(\"one\")); return v; } } class P<T> { List<T> a; }"),
                changed("type argument of an interface changed",
                        "public record V(Object a) implements java.util.function.Supplier<Long> { public Long get() { return 1L; } public static Object make() { return new V(1L); } }",
                        "public record V(Object a) implements java.util.function.Supplier<String> { public String get() { return \"\"; } public static Object make() { return new V(1L); } }"),
                changed("a class of the JDK becomes the superclass", bean("String a;", "v.a = \"x\";"),
                        "public class V extends ArrayList<String> { String a; public static Object make() { V v = new V(); v.a = \"x\"; return v; } }"),
                changed("becomes abstract, with one below", bean("String a;", "v.a = \"x\";"),
                        "public abstract class V { String a; public static Object make() { V v = new W(); v.a = \"x\"; return v; } } class W extends V { }"));
    }

    private static List<ClassChange> kinds() {
        return List.of(
                changed("class renamed", maker("new Old(\"x\")", "record Old(String a) { }"),
                        maker("new New(\"x\")", "record New(String a) { }")),
                changed("class becomes record", bean("String a;", "v.a = \"x\";"), record("String a", "\"x\"")),
                changed("final class becomes record",
                        "public final class V { private final String a; V(String a) { this.a = a; } public static Object make() { return new V(\"x\"); } }",
                        record("String a", "\"x\"")),
                changed("record becomes enum", maker("new H(new K())", "record H(Object a) { } record K() { }"),
                        maker("new H(K.A)", "record H(Object a) { } enum K { A }")),
                forward("class becomes interface", maker("new H(new K())", "record H(Object a) { } class K { }"),
                        maker("new H(\"n\")", "record H(Object a) { } interface K { }")),
                changed("enum becomes class with constants", maker("new H(K.A)", "record H(Object a) { } enum K { A }"),
                        maker("new H(K.A)",
                                "record H(Object a) { } final class K { static final K A = new K(); String name = \"A\"; }")),
                changed("static nested class becomes inner",
                        "public class V { static class N { int a = 1; } public static Object make() { return new N(); } }",
                        "public class V { class N { int a = 1; } public static Object make() { return new V().new N(); } }"),
                changed("package of a nested class",
                        "public class V { static class N { int a = 1; } public static Object make() { return new N(); } }",
                        "public class V { static class M { static class N { int a = 1; } } public static Object make() { return new M.N(); } }"),
                changed("case of a class's name", maker("new Item(1)", "record Item(int a) { }"),
                        maker("new ITem(1)", "record ITem(int a) { }")),
                forward("class not there any more, in a list",
                        maker("new ArrayList<>(List.of(new A(1), \"x\"))", "record A(int a) { }"),
                        maker("new ArrayList<>(List.of(\"x\"))", "")),
                forward("class not there any more, as an empty array", maker("new A[0]", "record A(int a) { }"),
                        maker("new String[0]", "")),
                forward("class not there any more, in an empty EnumSet",
                        maker("EnumSet.noneOf(E.class)", "enum E { A }"), maker("new HashSet<>()", "")));
    }

    private static List<ClassChange> enums() {
        return List.of(same("enum: constant put in front", ENUM.formatted("B", "A, B"), ENUM.formatted("B", "Z, A, B")),
                same("enum: order changed", ENUM.formatted("B", "A, B, C"), ENUM.formatted("B", "C, B, A")),
                same("enum: another constant removed", ENUM.formatted("B", "A, B"), ENUM.formatted("B", "B")),
                forward("enum: the constant removed", ENUM.formatted("B", "A, B"), ENUM.formatted("A", "A")),
                changed("enum: the constant renamed", ENUM.formatted("B", "A, B"), ENUM.formatted("C", "A, C")),
                same("enum: constant gets a body", ENUM.formatted("B", "A, B"), ENUM.formatted("B", "A, B { }")),
                same("enum: constant gets a field", ENUM.formatted("B", "A, B"),
                        ENUM.formatted("B", "A, B; int n = 5;")),
                same("enum: implements an interface", ENUM.formatted("B", "A, B"),
                        ENUM.formatted("B", "A, B")
                            .replace("enum E", "enum E implements Runnable")
                            .replace("A, B }", "A, B; public void run() { } }")),
                same("enum in EnumMap and EnumSet: order changed",
                        maker("new ArrayList<>(List.of(new EnumMap<>(Map.of(E.B, 1)), EnumSet.of(E.B)))",
                                "enum E { A, B, C }"),
                        maker("new ArrayList<>(List.of(new EnumMap<>(Map.of(E.B, 1)), EnumSet.of(E.B)))",
                                "enum E { C, B, A }")),
                same("enum in EnumMap of two: order changed",
                        maker("new EnumMap<>(Map.of(E.B, 1, E.C, 2))", "enum E { A, B, C }"),
                        maker("new EnumMap<>(Map.of(E.B, 1, E.C, 2))", "enum E { C, B, A }")),
                same("enum in a TreeSet: order changed", maker("new TreeSet<>(Set.of(E.B, E.C))", "enum E { A, B, C }"),
                        maker("new TreeSet<>(Set.of(E.B, E.C))", "enum E { A, C, B }")),
                forward("enum in EnumSet: the constant removed", maker("EnumSet.of(E.B, E.C)", "enum E { A, B, C }"),
                        maker("EnumSet.of(E.C)", "enum E { A, C }")),
                forward("enum in EnumSet: grows over 64 constants", maker("EnumSet.allOf(E.class)", "enum E { A, B }"),
                        maker("EnumSet.of(E.A, E.B)", "enum E { A, B" + many() + " }")),
                forward("enum: constant becomes a constant field", ENUM.formatted("B", "A, B"),
                        ENUM.formatted("A", "A; public static final E B = A;")));
    }

    private static String many() {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            all.append(", C").append(i);
        }
        return all.toString();
    }

    private static List<ClassChange> behaviour() {
        String key = "record K(String a) %s { %s }";
        String byText = "public int compareTo(K o) { return a.compareTo(o.a); }";
        String backwards = "public int compareTo(K o) { return o.a.compareTo(a); }";
        String blind = "public int compareTo(K o) { return 0; }";
        String blindEquality = "public boolean equals(Object o) { return o instanceof K; } public int hashCode() { return 1; }";
        return List.of(
                changed("behaviour: order of sorted keys turned round",
                        maker("new TreeMap<>(Map.of(new K(\"a\"), 1, new K(\"b\"), 2))",
                                key.formatted("implements Comparable<K>", byText)),
                        maker("new TreeMap<>(Map.of(new K(\"a\"), 1, new K(\"b\"), 2))",
                                key.formatted("implements Comparable<K>", backwards))),
                forward("behaviour: sorted keys become equal",
                        maker("new TreeMap<>(Map.of(new K(\"a\"), 1, new K(\"b\"), 2))",
                                key.formatted("implements Comparable<K>", byText)),
                        maker("new TreeMap<>(Map.of(new K(\"b\"), 2))",
                                key.formatted("implements Comparable<K>", blind))),
                forward("behaviour: keys become equal",
                        maker("new HashMap<>(Map.of(new K(\"a\"), 1, new K(\"b\"), 2))", key.formatted("", "")),
                        maker("new HashMap<>(Map.of(new K(\"b\"), 3))", key.formatted("", blindEquality))),
                forward("behaviour: elements of Set.of become equal",
                        maker("Set.of(new K(\"a\"), new K(\"b\"))", key.formatted("", "")),
                        maker("Set.of(new K(\"a\"))", key.formatted("", blindEquality))),
                forward("behaviour: elements of a LinkedHashSet become equal",
                        maker("new LinkedHashSet<>(List.of(new K(\"a\"), new K(\"b\")))", key.formatted("", "")),
                        maker("new LinkedHashSet<>(List.of(new K(\"a\")))", key.formatted("", blindEquality))),
                forward("behaviour: elements of a ConcurrentHashMap become equal",
                        maker("new java.util.concurrent.ConcurrentHashMap<>(Map.of(new K(\"a\"), 1, new K(\"b\"), 2))",
                                key.formatted("", "")),
                        maker("new java.util.concurrent.ConcurrentHashMap<>(Map.of(new K(\"a\"), 3))",
                                key.formatted("", blindEquality))),
                forward("behaviour: constructor normalises so that keys become equal",
                        maker("new HashMap<>(Map.of(new K(\"a\"), 1, new K(\"A\"), 2))", key.formatted("", "")),
                        maker("new HashMap<>(Map.of(new K(\"a\"), 3))",
                                key.formatted("", "K { a = a.toLowerCase(); }"))),
                forward("behaviour: elements are no longer Comparable",
                        maker("new TreeSet<>(List.of(new K(\"a\")))",
                                key.formatted("implements Comparable<K>", byText)),
                        maker("new ArrayList<>(List.of(new K(\"a\")))", key.formatted("", ""))),
                forward("behaviour: hashCode fails now",
                        maker("new HashSet<>(List.of(new K(\"a\")))", key.formatted("", "")),
                        maker("new ArrayList<>()", key.formatted("",
                                "public int hashCode() { throw new IllegalStateException(); } public boolean equals(Object o) { return true; }"))),
                forward("behaviour: hashCode overflows the stack now",
                        maker("new HashSet<>(List.of(new K(\"a\")))", key.formatted("", "")),
                        maker("new ArrayList<>()", key.formatted("",
                                "public int hashCode() { return hashCode() + 1; } public boolean equals(Object o) { return true; }"))),
                forward("behaviour: comparator's order turned round", maker("set()",
                        "enum C implements Comparator<String> { O; public int compare(String a, String b) { return a.compareTo(b); } }")
                    .replace("public static Object make()",
                            "static Object set() { TreeSet<String> s = new TreeSet<>(C.O); s.addAll(List.of(\"a\", \"b\")); return s; } public static Object make()"),
                        maker("set()",
                                "enum C implements Comparator<String> { O; public int compare(String a, String b) { return 0; } }")
                            .replace("public static Object make()",
                                    "static Object set() { TreeSet<String> s = new TreeSet<>(C.O); s.addAll(List.of(\"a\")); return s; } public static Object make()")));
    }

    private static List<ClassChange> harmless() {
        return List.of(
                same("only a method added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; int twice(int i) { return 2 * i; }", "v.a = \"x\";")),
                same("only a getter of something else added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; public String getUpper() { return a.toUpperCase(); }", "v.a = \"x\";")),
                same("only a static field and an interface added", bean("String a;", "v.a = \"x\";"),
                        bean("public static final int K = 5; String a;", "v.a = \"x\";").replace("implements ",
                                "implements Cloneable, ")),
                same("only annotations added", bean("String a;", "v.a = \"x\";"),
                        bean("@Deprecated String a;", "v.a = \"x\";").replace("public class",
                                "@Deprecated public class")),
                same("only visibility changed", bean("private String a;", "v.a = \"x\";"),
                        bean("public String a;", "v.a = \"x\";")),
                same("only final added",
                        "public class V { private String a; V(String a) { this.a = a; } public static Object make() { return new V(\"x\"); } }",
                        "public final class V { private final String a; V(String a) { this.a = a; } public static Object make() { return new V(\"x\"); } }"),
                same("only volatile added", bean("int a;", "v.a = 5;"), bean("volatile int a;", "v.a = 5;")),
                same("only a constructor added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; V() { } V(int n) { }", "v.a = \"x\";")),
                same("only a nested class and a lambda added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; static class N { } static Runnable r = () -> { };", "v.a = \"x\";")),
                same("only an assertion added", bean("String a;", "v.a = \"x\";"),
                        bean("String a; void check() { assert a != null; }", "v.a = \"x\";")),
                same("record: only a method added", record("String a", "\"x\""),
                        record("String a", "\"x\"", "public String b() { return a; }")),
                same("record: only a constructor added", record("String a", "\"x\""),
                        record("String a", "\"x\"", "public V() { this(\"d\"); }")),
                same("record: constructor checks what is right", record("String a", "\"x\""),
                        record("String a", "\"x\"", "public V { Objects.requireNonNull(a); }")),
                same("fields in another order in the source",
                        bean("String a; String b; int c;", "v.a = \"x\"; v.b = \"y\"; v.c = 3;"),
                        bean("int c; String b; String a;", "v.a = \"x\"; v.b = \"y\"; v.c = 3;")),
                same("methods in another order in the source",
                        bean("void a() { } void b() { } String a;", "v.a = \"x\";"),
                        bean("String a; void b() { } void a() { }", "v.a = \"x\";")));
    }

}
