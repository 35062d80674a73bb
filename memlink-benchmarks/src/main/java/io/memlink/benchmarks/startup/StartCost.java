package io.memlink.benchmarks.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.memlink.benchmarks.recorded.RecordedRun;
import io.memlink.benchmarks.recorded.Recording;
import io.memlink.test.MemcachedProcess;
import org.jspecify.annotations.Nullable;

/**
 * Starts applications with and without Memlink's starter, in turns, each in a JVM of its
 * own, and prints the medians of the time and of the heap after a collection.
 */
public final class StartCost {

    private final RecordedRun.Setting setting = new RecordedRun.Setting(Recording.now(),
            System.getProperty("java.version"), "free", 0, 0);

    private final Map<ApplicationKind, List<long[]>> starts = new EnumMap<>(ApplicationKind.class);

    private final @Nullable Recording recording;

    private StartCost(@Nullable Recording recording) {
        this.recording = recording;
    }

    /**
     * Measures.
     * @param arguments {@code rounds=} and, to record each start, {@code record=FILE}
     * @throws Exception where an application does not start
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> values = Stream.of(arguments)
            .map((argument) -> argument.split("=", 2))
            .collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
        String file = values.get("record");
        StartCost cost = new StartCost((file != null) ? new Recording(Path.of(file)) : null);
        try (MemcachedProcess server = MemcachedProcess.start()) {
            for (int round = 1; round <= Integer.parseInt(values.getOrDefault("rounds", "10")); round++) {
                for (ApplicationKind kind : ApplicationKind.values()) {
                    cost.measure(kind, server.port(), round);
                }
            }
        }
        cost.print();
    }

    private void measure(ApplicationKind kind, int port, int round) throws IOException {
        long[] started = start(kind, port);
        this.starts.computeIfAbsent(kind, (any) -> new ArrayList<>()).add(started);
        if (this.recording != null) {
            this.recording.append(new RecordedRun(this.setting, "start", kind.contender(), "nio", round,
                    Map.of("started ms", (double) started[0], "heap KB", (double) started[1])));
        }
    }

    private static long[] start(ApplicationKind kind, int port) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-cp", kind.classPath(), StartedApplication.class.getName(),
                String.valueOf(kind.hasCaches()), "--memlink.backends=127.0.0.1:" + port,
                "--spring.main.banner-mode=off")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            while (line != null) {
                if (line.startsWith(StartedApplication.MARK)) {
                    String[] words = line.substring(StartedApplication.MARK.length()).split(" ");
                    System.err.println(kind.contender() + ": " + words[0] + " ms, " + words[1] + " KB, " + words[2]
                            + " bean definitions");
                    return new long[] { Long.parseLong(words[0]), Long.parseLong(words[1]) };
                }
                line = out.readLine();
            }
            throw new IOException("application: " + kind.contender() + " (expected: starts)");
        }
        finally {
            process.destroyForcibly();
        }
    }

    private void print() {
        System.out.println("| | started after ms | heap KB |\n|---|--:|--:|");
        this.starts.forEach((kind, all) -> System.out
            .println("| " + kind.contender() + " | " + median(all, 0) + " | " + median(all, 1) + " |"));
    }

    private static long median(List<long[]> starts, int column) {
        long[] sorted = starts.stream().mapToLong((start) -> start[column]).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

}
