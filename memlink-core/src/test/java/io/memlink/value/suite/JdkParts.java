package io.memlink.value.suite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicMarkableReference;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.AtomicStampedReference;
import java.util.regex.Pattern;

/**
 * The parts of objects of the JDK that their equality does not see, or that have none.
 */
final class JdkParts {

    private JdkParts() {
    }

    /** The parts; null where equality is all there is. */
    static List<Object> of(Object value) {
        if (value instanceof Optional<?> o) {
            return Arrays.asList((Object) o.orElse(null));
        }
        if (value instanceof AtomicReference<?> r) {
            return Arrays.asList((Object) r.get());
        }
        if (value instanceof AtomicMarkableReference<?> r) {
            return Arrays.asList(r.getReference(), r.isMarked());
        }
        if (value instanceof AtomicStampedReference<?> r) {
            return Arrays.asList(r.getReference(), r.getStamp());
        }
        if (value instanceof AtomicReferenceArray<?> r) {
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < r.length(); i++) {
                all.add(r.get(i));
            }
            return all;
        }
        if (value instanceof Pattern p) {
            return List.of(p.pattern(), p.flags());
        }
        if (value instanceof GregorianCalendar c) {
            return List.of(c.getTimeInMillis(), c.getTimeZone(), c.isLenient(), c.getFirstDayOfWeek(),
                    c.getMinimalDaysInFirstWeek(), c.getGregorianChange().getTime());
        }
        if (value instanceof Calendar c) {
            return List.of(c.getTimeInMillis(), c.getTimeZone(), c.isLenient(), c.getFirstDayOfWeek());
        }
        if (value instanceof URL u) {
            return List.of(u.toExternalForm());
        }
        if (value instanceof InetAddress a) {
            return List.of(a.toString(), a.getHostAddress());
        }
        if (value instanceof InetSocketAddress a) {
            return List.of(a.toString(), a.isUnresolved());
        }
        if (value instanceof Locale l) {
            return List.of(l.toString(), l.toLanguageTag());
        }
        if (value instanceof Properties p) {
            List<Object> all = new ArrayList<>();
            new TreeSet<>(p.stringPropertyNames()).forEach((each) -> all.add(each + "=" + p.getProperty(each)));
            return all;
        }
        if (value instanceof BlockingQueue<?> q) {
            return List.of(q.remainingCapacity());
        }
        if (value instanceof SimpleDateFormat || value instanceof DecimalFormat || value instanceof Date) {
            return null;
        }
        if (value instanceof Throwable t) {
            List<Object> all = new ArrayList<>();
            all.add(t.getMessage());
            all.addAll(Arrays.asList(t.getStackTrace()));
            return all;
        }
        return byText(value);
    }

    private static List<Object> byText(Object value) {
        String name = value.getClass().getName();
        boolean byText = name.startsWith("java.util.concurrent.atomic.") || name.startsWith("java.lang.StringBu")
                || name.equals("java.util.StringJoiner")
                || name.startsWith("java.util.") && name.endsWith("Statistics");
        return byText ? List.of(value.toString()) : null;
    }

}
