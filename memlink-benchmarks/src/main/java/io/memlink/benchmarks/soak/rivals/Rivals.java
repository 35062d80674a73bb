package io.memlink.benchmarks.soak.rivals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Memlink and other clients under the faults of the soak, one after the other, each with
 * the same faults in a JVM of its own. Prints what each saw, and ends with a table.
 * <p>
 * Arguments, each {@code name=value}: {@code minutes} of each client (4); {@code seed}
 * (random), which fixes the faults and their order; {@code clients} (all), separated by
 * commas; {@code callers} (4), threads that read and wait, for each of two instances of a
 * client; {@code lost} ({@code false}), whether pieces of replies are also left out and
 * doubled, as no network does. No bits are changed: without checksums nobody could
 * notice.
 */
public final class Rivals {

    static final List<String> ALL = List.of("memlink", "spymemcached", "spymemcached-cancel", "xmemcached",
            "xmemcached-failure", "folsom", "lettuce");

    private static final List<String> ARGUMENTS = List.of("minutes", "seed", "clients", "callers", "lost");

    private Rivals() {
    }

    /**
     * Runs all of them.
     * @param arguments what differs from the defaults
     * @throws Exception if they cannot be run
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> given = parse(arguments);
        String minutes = given.getOrDefault("minutes", "4");
        String seed = given.getOrDefault("seed", String.valueOf(System.nanoTime()));
        String lost = given.getOrDefault("lost", "false");
        List<String> lines = new ArrayList<>();
        lines.add(RivalRun.HEADER);
        for (String client : given.getOrDefault("clients", String.join(",", ALL)).split(",")) {
            System.out.printf("%s: %s minutes, seed %s%n", client, minutes, seed);
            lines.add(run(List.of(client, minutes, seed, given.getOrDefault("callers", "4"), lost)));
        }
        lines.forEach(System.out::println);
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2 || !ARGUMENTS.contains(parts[0])) {
                throw new IllegalArgumentException(
                        "argument: " + argument + " (expected: name=value, with a name of " + ARGUMENTS + ")");
            }
            values.put(parts[0], parts[1]);
        }
        return values;
    }

    private static String run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                        "-Dnet.spy.log.LoggerImpl=net.spy.memcached.compat.log.SLF4JLogger", "-cp",
                        System.getProperty("java.class.path"), RivalRun.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String last = "";
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                System.out.println(line);
                last = line;
            }
        }
        finally {
            process.destroy();
        }
        return (process.waitFor() == 0) ? last
                : "| " + arguments.get(0) + " | ended with " + process.exitValue() + " |";
    }

}
