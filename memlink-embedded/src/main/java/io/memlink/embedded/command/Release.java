package io.memlink.embedded.command;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memcached release whose behaviour is copied. Immutable.
 *
 * @param patch the last of its three numbers; 0 for everything before 1.6, the largest
 * number for everything after it
 * @since 0.1.0
 */
public record Release(int patch) {

    /** The newest release that is known. */
    public static final Release NEWEST = new Release(45);

    /** Since this one all requests are read by another parser, and texts differ. */
    public static final int NEW_PARSER = 40;

    private static final Pattern VERSION = Pattern
        .compile("(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?(?!\\d|\\.\\d{10}).*");

    // How many words a line has at least and at most before 1.6.40, by its command.
    private static final Map<String, Integer[]> WORDS = Map.ofEntries(words("mg", 2), words("ms", 2), words("md", 2),
            words("ma", 2), words("get", 2), words("gets", 2), words("bget", 2), words("gat", 2), words("gats", 2),
            words("set", 5, 6), words("add", 5, 6), words("replace", 5, 6), words("append", 5, 6),
            words("prepend", 5, 6), words("cas", 6, 7), words("delete", 2, 4), words("touch", 3, 4),
            words("incr", 3, 4), words("decr", 3, 4), words("verbosity", 2, 3), words("flush_all", 1, 3),
            words("cache_memlimit", 2, 3));

    private static final int FLAGS_E_AND_X = 27;

    private static final int MINOR = 6;

    /**
     * Reads a version.
     * @param version what a server answers to {@code version}, for example {@code 1.6.18}
     * @return the release
     * @throws IllegalArgumentException if this is no version
     */
    public static Release of(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("version: " + version + " (expected: like 1.6.18)");
        }
        int major = Integer.parseInt(matcher.group(1));
        int minor = Integer.parseInt(matcher.group(2));
        if (major != 1 || minor != MINOR) {
            return new Release((major > 1 || minor > MINOR) ? Integer.MAX_VALUE : 0);
        }
        return new Release((matcher.group(3) != null) ? Integer.parseInt(matcher.group(3)) : 0);
    }

    private static Map.Entry<String, Integer[]> words(String command, int min) {
        return words(command, min, Integer.MAX_VALUE);
    }

    private static Map.Entry<String, Integer[]> words(String command, int min, int max) {
        return Map.entry(command, new Integer[] { min, max });
    }

    /**
     * Tells whether a line has as many words as its command needs to be known at all.
     */
    boolean accepts(String command, int words) {
        Integer[] bounds = since(NEW_PARSER) ? null : WORDS.get(command);
        return bounds == null || (words >= bounds[0] && words <= bounds[1]);
    }

    /**
     * Tells whether this is the release 1.6.{@code patch} or a later one.
     * @param patch the last number of a release
     * @return whether what came with it is there
     */
    public boolean since(int patch) {
        return this.patch >= patch;
    }

    /**
     * Tells whether an attempt that failed uses up a CAS id, and ids begin at 2.
     * @return whether it does
     */
    public boolean failuresUseCasIds() {
        return since(FLAGS_E_AND_X);
    }

}
