package io.memlink.value.suite;

import java.util.Objects;

/**
 * The way of a value to bytes and back, and what is to be said about it.
 */
record RoundTrip(Verdict verdict, String why) {

    static RoundTrip of(Subject subject, ValueCase value) {
        ClassLoader loader = RoundTrip.class.getClassLoader();
        return of(subject, subject.open(loader, Values.TRUSTED), subject.open(loader, Values.TRUSTED), value);
    }

    static RoundTrip of(Subject subject, Subject.Session writer, Subject.Session reader, ValueCase value) {
        Object original;
        Object other;
        try {
            original = value.make().make();
            other = value.make().make();
        }
        catch (Exception ex) {
            throw new IllegalStateException(value.id(), ex);
        }
        byte[] bytes;
        try {
            bytes = writer.encode(original);
        }
        catch (Throwable ex) {
            return new RoundTrip(subject.isRefusal(ex) ? Verdict.REFUSED : Verdict.ERROR, shorten(ex));
        }
        return read(subject, reader, value, bytes, original, other);
    }

    static RoundTrip read(Subject subject, Subject.Session reader, ValueCase value, byte[] bytes, Object original,
            Object other) {
        Object copy;
        try {
            copy = reader.decode(bytes);
        }
        catch (Throwable ex) {
            return new RoundTrip(subject.isMiss(ex) ? Verdict.UNREADABLE : Verdict.ERROR, shorten(ex));
        }
        try {
            Comparison comparison = Comparison.of(original, copy);
            if (!comparison.differences.isEmpty()) {
                return new RoundTrip(Verdict.SILENT, comparison.differences.toString());
            }
            Object expected = value.observe().of(other);
            Object observed = value.observe().of(copy);
            if (!Objects.equals(expected, observed)) {
                return new RoundTrip(Verdict.SILENT, "behaves otherwise: " + expected + " became " + observed);
            }
            return comparison.remarks.isEmpty() ? new RoundTrip(Verdict.EQUAL, "")
                    : new RoundTrip(Verdict.ORDINARY, comparison.remarks.toString());
        }
        catch (Throwable ex) {
            return new RoundTrip(Verdict.SILENT, "cannot be compared: " + ex);
        }
    }

    static String shorten(Throwable thrown) {
        String text = thrown.getClass().getSimpleName() + ": " + thrown.getMessage()
                + ((thrown.getCause() == null) ? "" : " / " + thrown.getCause());
        return (text.length() > 300) ? text.substring(0, 300) : text;
    }

}
