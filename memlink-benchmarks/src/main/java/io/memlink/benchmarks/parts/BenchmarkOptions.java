package io.memlink.benchmarks.parts;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The command line of {@code scripts/benchmark}. Confined to one thread.
 */
final class BenchmarkOptions {

    private static final String EXPECTED = "--quick, --pinned, --draw, --rounds N, --warm SECONDS, --measure SECONDS, "
            + "--data FILE, --java25 FILE, then parts";

    private final List<String> names = new ArrayList<>();

    private boolean quick;

    private boolean pinned;

    private boolean drawn;

    private int rounds;

    private int warm;

    private int measure;

    private Path data = Path.of("docs", "performance", "data.csv");

    private @Nullable String java25;

    BenchmarkOptions(String[] arguments) {
        Deque<String> words = new ArrayDeque<>(List.of(arguments));
        while (!words.isEmpty()) {
            String word = words.remove();
            switch (word) {
                case "--quick" -> this.quick = true;
                case "--pinned" -> this.pinned = true;
                case "--draw" -> this.drawn = true;
                case "--rounds" -> this.rounds = Integer.parseInt(value(word, words));
                case "--warm" -> this.warm = Integer.parseInt(value(word, words));
                case "--measure" -> this.measure = Integer.parseInt(value(word, words));
                case "--data" -> this.data = Path.of(value(word, words));
                case "--java25" -> this.java25 = value(word, words);
                default -> this.names.add(part(word));
            }
        }
    }

    private static String value(String word, Deque<String> words) {
        String value = words.poll();
        if (value == null) {
            throw new IllegalArgumentException(word + ": nothing follows (expected: " + EXPECTED + ")");
        }
        return value;
    }

    private static String part(String word) {
        if (word.startsWith("-")) {
            throw new IllegalArgumentException("argument: " + word + " (expected: " + EXPECTED + ")");
        }
        return word;
    }

    List<Part> parts() {
        return Parts.named(this.names);
    }

    boolean isDrawn() {
        return this.drawn;
    }

    boolean isPinned() {
        return this.pinned;
    }

    int rounds() {
        return (this.rounds > 0) ? this.rounds : this.quick ? 1 : 5;
    }

    /** Before the first round. The compiler of the JVM takes longer on one processor. */
    int warmSeconds() {
        return (this.warm > 0) ? this.warm : this.quick ? 1 : this.pinned ? 12 : 8;
    }

    int measuredSeconds() {
        return (this.measure > 0) ? this.measure : this.quick ? 1 : 2;
    }

    /** An application starts in a second or two, and varies. */
    int starts() {
        return this.quick ? 3 : 2 * rounds();
    }

    Path data() {
        return this.data;
    }

    @Nullable String java25() {
        return this.java25;
    }

}
