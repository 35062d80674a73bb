package io.memlink.benchmarks.parts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.memlink.benchmarks.recorded.Recording;
import io.memlink.benchmarks.sidebyside.SideBySide;
import io.memlink.benchmarks.startup.StartCost;

/** Runs parts and records them, or draws what was recorded. */
public final class Benchmark {

    /** What a client takes besides: the start of a JVM, and storing the items. */
    private static final double OTHER_SECONDS = 1.5;

    private final BenchmarkOptions options;

    private Benchmark(BenchmarkOptions options) {
        this.options = options;
    }

    /**
     * Does what {@code scripts/benchmark} describes.
     * @throws Exception where a server or a client cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        BenchmarkOptions options = new BenchmarkOptions(arguments);
        Benchmark benchmark = new Benchmark(options);
        if (options.isDrawn()) {
            benchmark.draw();
        }
        else {
            benchmark.run();
        }
    }

    private void run() throws Exception {
        List<Part> parts = this.options.parts();
        System.err.println("benchmark: about " + minutes(parts) + " min, recorded in " + this.options.data());
        for (Part part : parts) {
            System.err.println("benchmark: " + part.name() + ", about " + minutes(List.of(part)) + " min");
            if (part.name().equals(Parts.START)) {
                StartCost.main(new String[] { "rounds=" + this.options.starts(), "record=" + this.options.data() });
            }
            else if (part.name().equals(Parts.VIRTUAL) && this.options.java25() == null) {
                System.err.println("benchmark: NOT MEASURED: virtual threads, for want of a JDK 25 (JAVA25_HOME)");
            }
            else {
                SideBySide.main(arguments(part).toArray(new String[0]));
            }
        }
    }

    private List<String> arguments(Part part) {
        List<String> arguments = new ArrayList<>(List.of("workloads=" + String.join(",", part.workloads()),
                "contenders=" + String.join(",", part.contenders()), "rounds=" + this.options.rounds(),
                "warm=" + this.options.warmSeconds(), "measure=" + this.options.measuredSeconds(),
                "pinned=" + this.options.isPinned(), "record=" + this.options.data()));
        if (part.name().equals(Parts.VIRTUAL)) {
            arguments.add("java=" + this.options.java25());
        }
        return arguments;
    }

    private long minutes(List<Part> parts) {
        double run = this.options.warmSeconds() + OTHER_SECONDS
                + this.options.rounds() * (1 + this.options.measuredSeconds());
        double seconds = 0;
        for (Part part : parts) {
            seconds += part.name().equals(Parts.START) ? part.runs() * this.options.starts() * 2 * OTHER_SECONDS
                    : part.runs() * run;
        }
        return Math.max(1, Math.round(seconds / 60));
    }

    private void draw() throws IOException {
        Drawing drawing = new Drawing(new Recording(this.options.data()).read());
        for (Part part : this.options.parts()) {
            for (Map.Entry<String, String> picture : drawing.pictures(part).entrySet()) {
                Path file = this.options.data().resolveSibling(picture.getKey());
                Files.writeString(file, picture.getValue());
                System.err.println("benchmark: " + file + ", " + picture.getValue().length() + " bytes");
            }
        }
    }

}
