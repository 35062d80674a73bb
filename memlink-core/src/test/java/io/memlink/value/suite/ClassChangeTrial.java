package io.memlink.value.suite;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/**
 * A change of classes, tried: the value that one version writes is read by the other.
 */
final class ClassChangeTrial {

    private static final String PACKAGE = "com.example.changing";

    private final ClassLoader before;

    private final ClassLoader after;

    ClassChangeTrial(ClassChange change) {
        this.before = load(change.before());
        this.after = load(change.after());
    }

    private static ClassLoader load(String source) {
        String header = "package " + PACKAGE + "; import java.util.*; ";
        return SourceCompiler.load(Map.of(PACKAGE + ".V", header + source));
    }

    static Object make(ClassLoader loader) {
        try {
            Method make = loader.loadClass(PACKAGE + ".V").getMethod("make");
            make.setAccessible(true);
            return make.invoke(null);
        }
        catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** What the new version makes of bytes of the old. */
    String forwards(Subject subject) {
        return read(subject, this.before, this.after);
    }

    /** What the old version makes of bytes of the new. */
    String backwards(Subject subject) {
        return read(subject, this.after, this.before);
    }

    private static String read(Subject subject, ClassLoader from, ClassLoader to) {
        byte[] bytes;
        try {
            bytes = subject.open(from, List.of(PACKAGE)).encode(make(from));
        }
        catch (Throwable ex) {
            return subject.isRefusal(ex) ? "refused" : "ERROR " + RoundTrip.shorten(ex);
        }
        String fresh = read(subject, subject.open(to, List.of(PACKAGE)), bytes, to);
        Subject.Session used = subject.open(to, List.of(PACKAGE));
        try {
            used.decode(used.encode(make(to)));
        }
        catch (Throwable ex) {
            if (!subject.isRefusal(ex) && !subject.isMiss(ex)) {
                return "ERROR " + RoundTrip.shorten(ex);
            }
        }
        String experienced = read(subject, used, bytes, to);
        return fresh.equals(experienced) ? fresh : "ERROR " + fresh + " at first, then " + experienced;
    }

    private static String read(Subject subject, Subject.Session reader, byte[] bytes, ClassLoader to) {
        Object read;
        try {
            read = reader.decode(bytes);
        }
        catch (Throwable ex) {
            return subject.isMiss(ex) ? "miss" : "ERROR " + RoundTrip.shorten(ex);
        }
        Comparison comparison = Comparison.byName(make(to), read);
        return comparison.differences.isEmpty() ? "equal" : "SILENT " + comparison.differences;
    }

}
