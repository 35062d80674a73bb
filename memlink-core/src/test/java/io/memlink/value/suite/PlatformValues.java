package io.memlink.value.suite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Pattern;

import io.memlink.value.suite.shop.Records;

import static io.memlink.value.suite.ApplicationValues.box;

/**
 * Objects of the platform that are not quite values.
 */
final class PlatformValues {

    private PlatformValues() {
    }

    static void addTo(ValueCase.Kind values) {
        names(values);
        others(values);
    }

    private static void names(ValueCase.Kind values) {
        values.add("URI", () -> URI.create("http://a/b%20c?x=\u00e4"));
        values.add("URIs, odd",
                () -> List.of(URI.create(""), URI.create("mailto:a@b"), URI.create("urn:x:y"), URI.create("//host/p"),
                        URI.create("http://h:80/a/../b#f"), new URI("http", "u", "h", 1, "/p q", "q", "f")),
                (uris) -> ((List<?>) uris).toString());
        values.add("URIs, equal but written otherwise",
                () -> List.of(URI.create("HTTP://A/%2f"), URI.create("http://a/%2F")),
                (uris) -> ((List<?>) uris).toString());
        values.add("URL", () -> URI.create("http://example.org/a").toURL());
        values.add("URL, file", () -> URI.create("file:/tmp/a%20b").toURL());
        values.add("InetAddress", () -> box(List.of(InetAddress.getByAddress("name", new byte[] { 10, 0, 0, 1 }),
                InetAddress.getByAddress(new byte[] { 10, 0, 0, 2 }), InetAddress.getByName("::1"))));
        values.add("InetAddress with a scope", () -> box(InetAddress.getByName("fe80::1%1")));
        values.add("InetSocketAddress, unresolved", () -> box(InetSocketAddress.createUnresolved("host", 80)));
        values.add("InetSocketAddress",
                () -> box(new InetSocketAddress(InetAddress.getByAddress(new byte[] { 127, 0, 0, 1 }), 80)));
        values.add("Locale", () -> List.of(Locale.GERMANY, Locale.ROOT, Locale.forLanguageTag("de-CH"),
                Locale.forLanguageTag("zh-Hans-CN-u-ca-chinese"), Locale.forLanguageTag("sr-Latn")));
        values.add("Locale, old codes",
                () -> List.of(Locale.forLanguageTag("he"), Locale.forLanguageTag("id"), Locale.forLanguageTag("yi")),
                (locales) -> ((List<?>) locales).toString());
        values.add("Locale with a variant that is no tag", () -> {
            @SuppressWarnings("deprecation")
            Locale locale = new Locale("de", "DE", "x");
            return locale;
        }, Object::toString);
        values.add("Locale that is no tag at all", () -> {
            @SuppressWarnings("deprecation")
            Locale locale = new Locale("german", "Deutschland", "a_b");
            return locale;
        }, Object::toString);
        values.add("Locale, no_NO_NY, ja_JP_JP, th_TH_TH", () -> {
            @SuppressWarnings("deprecation")
            List<Locale> all = List.of(new Locale("no", "NO", "NY"), new Locale("ja", "JP", "JP"),
                    new Locale("th", "TH", "TH"));
            return all;
        }, (locales) -> ((List<?>) locales).toString());
        values.add("Locale with extensions", () -> Locale.forLanguageTag("en-US-u-co-phonebk-x-lvariant-POSIX"),
                Object::toString);
        values.add("Charset", () -> box(List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16BE)));
        values.add("Path", () -> box(Path.of("a", "b c")));
        values.add("File", () -> box(new java.io.File("a/b")));
        values.add("Class", () -> box(String.class));
        values.add("Class of the application", () -> box(Records.Point.class));
        values.add("Class of a primitive and of an array", () -> box(List.of(int.class, int[].class)));
        values.add("Pattern", () -> box(Pattern.compile("a+", Pattern.CASE_INSENSITIVE)));
        values.add("Package, Module", () -> box(String.class.getPackage()));
        values.add("Method", () -> box(Object.class.getMethod("hashCode")));
        values.add("StackTraceElement", () -> box(new StackTraceElement("a.B", "m", "B.java", 5)));
        values.add("Runtime.Version", () -> box(Runtime.Version.parse("17.0.1+12")));
    }

    private static void others(ValueCase.Kind values) {
        values.add("Random", () -> box(new Random(5)), (box) -> ((Random) ((Records.Box<?>) box).content()).nextInt());
        values.add("Object", Object::new);
        values.add("ByteBuffer", () -> box(ByteBuffer.wrap(new byte[] { 1, 2, 3 }, 1, 2)));
        values.add("Base64 encoder", () -> box(Base64.getEncoder()));
        values.add("HexFormat", () -> box(HexFormat.ofDelimiter(":")));
        values.add("SimpleDateFormat", () -> box(new java.text.SimpleDateFormat("yyyy", Locale.ROOT)));
        values.add("DecimalFormat",
                () -> box(new java.text.DecimalFormat("0.0", java.text.DecimalFormatSymbols.getInstance(Locale.ROOT))));
        values.add("MessageFormat", () -> box(new java.text.MessageFormat("{0}", Locale.ROOT)));
        values.add("ResourceBundle", () -> box(new java.util.ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                return new Object[][] { { "k", "v" } };
            }
        }));
        values.add("StringTokenizer", () -> box(new java.util.StringTokenizer("a b")));
        values.add("Scanner", () -> box(new java.util.Scanner("a b")));
        values.add("RuntimeException", () -> new IllegalStateException("m", new java.io.IOException("c")));
        values.add("Throwable in a record", () -> box(new Exception("m")));
        values.add("Error", () -> box(new StackOverflowError()));
        values.add("ThreadLocal", () -> box(ThreadLocal.withInitial(() -> 1)));
        values.add("WeakReference", () -> box(new java.lang.ref.WeakReference<>("a")));
        values.add("PropertyPermission", () -> box(new java.util.PropertyPermission("a", "read")));
        values.add("EventObject", () -> box(new java.util.EventObject("s")), (box) -> Objects.toString(box));
        values.add("Observable-like PropertyChangeSupport",
                () -> box(new java.util.ArrayList<>(List.of(new java.util.concurrent.Semaphore(1)))));
        values.add("CharBuffer, CharSequence", () -> box(java.nio.CharBuffer.wrap("ab")));
        values.add("SecureRandom", () -> box(new java.security.SecureRandom()));
        values.add("KeyPair", () -> box(java.security.KeyPairGenerator.getInstance("EC")));
        values.add("Iterator of a list", () -> new ArrayList<>(List.of(1)).listIterator());
        values.add("Spliterator", () -> box(new ArrayList<>(List.of(1)).spliterator()));
    }

}
