package io.memlink.value.suite;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values with objects of classes that nobody trusts, wherever in a value they can be.
 */
final class ForeignClasses {

    private static final String NOTES = "io.memlink.value.suite.Notes.add";

    /** Classes that say so when they are initialised, made, hashed or compared. */
    private static final String EVIL = """
            package evil;
            public class Gadget implements Comparable<Gadget>, java.util.Comparator<Object>, java.io.Serializable {
            	static { %1$s("Gadget"); }
            	public static final Gadget INSTANCE = new Gadget();
            	public String text = "x";
            	public Gadget() { %1$s("made"); }
            	public int hashCode() { %1$s("hashed"); return 1; }
            	public boolean equals(Object o) { %1$s("equals"); return o == this; }
            	public int compareTo(Gadget o) { %1$s("compareTo"); return 0; }
            	public int compare(Object a, Object b) { %1$s("compare"); return 0; }
            	public record R(Object a) { static { %1$s("R"); } public R { %1$s("record"); } }
            	public enum E { A, B { }; static { %1$s("E"); } }
            	public static class Only { static { %1$s("Only"); } public static final Only INSTANCE = new Only(); }
            	public interface I { Object NOTE = note(); static Object note() { %1$s("I"); return null; } default void run() { } }
            	public static class OfI implements I { static { %1$s("OfI"); } }
            }
            """
        .formatted(NOTES);

    /** Trusted, with all that is not trusted in it. */
    private static final String FINE = """
            package fine;
            import evil.Gadget; import java.util.*; import java.util.concurrent.*; import java.util.concurrent.atomic.*;
            public class Makes {
            	public record Box<T>(T content) { }
            	public static class Child extends Gadget { public String own = "o"; }
            	public record Typed(Gadget gadget) { }
            	public record Generic(List<Gadget> all) { }
            	public static class Holds { public Gadget.E e = Gadget.E.A; public Object o; }
            	static <T extends Collection<Object>> T with(T all, Object one) { all.add(one); return all; }
            	static <M extends Map<Object, Object>> M put(M all, Object k, Object v) { all.put(k, v); return all; }
            	public static Map<String, Object> all() {
            		Map<String, Object> all = new LinkedHashMap<>();
            		all.put("at the root", new Gadget());
            		all.put("in an ArrayList", with(new ArrayList<>(), new Gadget()));
            		all.put("in List.of", List.of(new Gadget()));
            		all.put("in Arrays.asList", Arrays.asList(new Gadget()));
            		all.put("in an ArrayDeque", with(new ArrayDeque<>(), new Gadget()));
            		all.put("in a HashSet", with(new HashSet<>(), new Gadget()));
            		all.put("in a LinkedHashSet", with(new LinkedHashSet<>(), new Gadget()));
            		all.put("in a TreeSet", with(new TreeSet<>(), new Gadget()));
            		all.put("in Set.of", Set.of(new Gadget()));
            		all.put("in a PriorityQueue", with(new PriorityQueue<>(), new Gadget()));
            		all.put("in a CopyOnWriteArraySet", with(new CopyOnWriteArraySet<>(), new Gadget()));
            		all.put("in a ConcurrentSkipListSet", with(new ConcurrentSkipListSet<>(), new Gadget()));
            		all.put("key of a HashMap", put(new HashMap<>(), new Gadget(), 1));
            		all.put("key of a TreeMap", put(new TreeMap<>(), new Gadget(), 1));
            		all.put("key of Map.of", Map.of(new Gadget(), 1));
            		all.put("key of a ConcurrentHashMap", put(new ConcurrentHashMap<>(), new Gadget(), 1));
            		all.put("value of a HashMap", put(new HashMap<>(), 1, new Gadget()));
            		all.put("value of a LinkedHashMap", put(new LinkedHashMap<>(), 1, new Gadget()));
            		all.put("value of Map.of", Map.of(1, new Gadget()));
            		all.put("comparator of a TreeSet", with(new TreeSet<>(new Gadget()), "a"));
            		all.put("comparator of an empty TreeSet", new TreeSet<>(new Gadget()));
            		all.put("reversed comparator of a TreeSet", with(new TreeSet<>(new Gadget().reversed()), "a"));
            		all.put("comparator of a TreeMap", put(new TreeMap<>(new Gadget()), "a", 1));
            		all.put("comparator of a PriorityQueue", with(new PriorityQueue<>(new Gadget()), "a"));
            		all.put("comparator of a ConcurrentSkipListMap", put(new ConcurrentSkipListMap<>(new Gadget()), "a", 1));
            		all.put("in a record", new Box<>(new Gadget()));
            		all.put("record in a record", new Box<>(new Gadget.R("x")));
            		all.put("in a typed record", new Typed(new Gadget()));
            		all.put("type argument of a field", new Generic(new ArrayList<>(List.of(new Gadget()))));
            		all.put("enum", Gadget.E.A);
            		all.put("enum with a body", new Box<>(Gadget.E.B));
            		all.put("enum in a field", new Holds());
            		all.put("EnumSet", EnumSet.of(Gadget.E.A));
            		all.put("EnumSet, empty", EnumSet.noneOf(Gadget.E.class));
            		all.put("EnumMap", new EnumMap<>(Map.of(Gadget.E.A, 1)));
            		all.put("EnumMap, empty", new EnumMap<>(Gadget.E.class));
            		all.put("array", new Gadget[] { new Gadget() });
            		all.put("array, empty", new Gadget[0]);
            		all.put("array of arrays, empty", new Gadget[0][0]);
            		all.put("array of an enum, empty", new Gadget.E[0]);
            		all.put("array of an interface, empty", new Gadget.I[0]);
            		all.put("in an Object array", new Object[] { new Gadget() });
            		all.put("in an Optional", Optional.of(new Gadget()));
            		all.put("in an AtomicReference", new AtomicReference<>(new Gadget()));
            		all.put("in an entry", Map.entry(new Gadget(), 1));
            		all.put("only object", new Box<>(Gadget.Only.INSTANCE));
            		all.put("superclass", new Child());
            		all.put("superclass in a list", with(new ArrayList<>(), new Child()));
            		all.put("array of a child, empty", new Child[0]);
            		all.put("behind 20 others", with(new ArrayList<>(List.of(1, "a", 2L, List.of(), Map.of(1, 2))), new Gadget.OfI()));
            		return all;
            	}
            }
            """;

    private static final Map<String, byte[]> CLASSES = SourceCompiler
        .compile(Map.of("evil.Gadget", EVIL, "fine.Makes", FINE));

    /** A trusted class may name others, whose loading is the business of the JVM. */
    private static final Set<String> LOADED_BY_JVM = Set.of("superclass", "superclass in a list",
            "array of a child, empty", "in a typed record", "type argument of a field", "enum in a field");

    private ForeignClasses() {
    }

    /** A loader that notes what it is asked for. */
    static ClassLoader noting(Set<String> asked) {
        return new ClassLoader(ForeignClasses.class.getClassLoader()) {

            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                asked.add(name);
                byte[] bytes = CLASSES.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes, 0, bytes.length);
            }

            @Override
            protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
                if (!name.startsWith("java.")) {
                    asked.add(name);
                }
                return super.loadClass(name, resolve);
            }

        };
    }

    /** The bytes of all values that are written by somebody who trusts all. */
    @SuppressWarnings("unchecked")
    private static Map<String, byte[]> encodeAll(Subject subject) throws ReflectiveOperationException {
        ClassLoader loader = noting(new TreeSet<>());
        Subject.Session trusting = subject.open(loader, List.of("fine", "evil"));
        Map<String, Object> all = (Map<String, Object>) loader.loadClass("fine.Makes").getMethod("all").invoke(null);
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            try {
                encoded.put(name, trusting.encode(value));
            }
            catch (RuntimeException ex) {
                if (!subject.isRefusal(ex)) {
                    throw ex;
                }
            }
        });
        return encoded;
    }

    /**
     * Reads them all where only some classes are trusted. A value that is not a miss, by
     * which a foreign class runs code, or for which one is looked for by its name in the
     * bytes, has something else than "miss".
     */
    static Map<String, String> trial(Subject subject, boolean asksForNone) throws ReflectiveOperationException {
        Map<String, String> outcomes = new TreeMap<>();
        encodeAll(subject).forEach((name, bytes) -> {
            Set<String> asked = new TreeSet<>();
            Subject.Session session = subject.open(noting(asked), List.of("fine"));
            Notes.take();
            String outcome = "read";
            try {
                session.decode(bytes);
            }
            catch (Throwable ex) {
                outcome = subject.isMiss(ex) ? "miss" : ex.toString();
            }
            List<String> notes = Notes.take();
            boolean looked = asksForNone && !LOADED_BY_JVM.contains(name)
                    && asked.stream().anyMatch((each) -> each.startsWith("evil."));
            outcomes.put(name, outcome + (notes.isEmpty() ? "" : ", ran " + notes) + (looked ? ", looked for" : ""));
        });
        return outcomes;
    }

}
