package io.memlink.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.memlink.benchmarks.sidebyside.contender.Variant;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.jspecify.annotations.Nullable;

/** The command line: {@code name=value}, each with a default. Immutable. */
final class Arguments {

    private final Map<String, String> values = new HashMap<>();

    Arguments(String[] arguments) {
        for (String argument : arguments) {
            String[] parts = argument.split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("argument: " + argument + " (expected: name=value)");
            }
            this.values.put(parts[0], parts[1]);
        }
    }

    List<Workload> workloads() {
        List<String> names = list("workloads");
        return names.isEmpty() ? Workload.ALL.stream().filter(this::isPossible).toList()
                : names.stream().map(Workload::named).toList();
    }

    private boolean isPossible(Workload workload) {
        return workload.kind() != Workload.Kind.VIRTUAL || this.values.containsKey("java");
    }

    /** Variants of a client can take part wherever the client can. */
    List<String> contenders(Workload workload) {
        List<String> names = list("contenders");
        if (names.isEmpty()) {
            return workload.contenders();
        }
        Set<String> clients = workload.contenders()
            .stream()
            .map((name) -> Variant.named(name).client())
            .collect(Collectors.toSet());
        return names.stream().filter((name) -> clients.contains(Variant.named(name).client())).toList();
    }

    /** Returns the file to which runs are added. */
    @Nullable Path recordFile() {
        String file = this.values.get("record");
        return (file != null) ? Path.of(file) : null;
    }

    /** Asks the measured java for its version. */
    String javaVersion() throws IOException {
        Process process = new ProcessBuilder(javaBinary(), "--version").redirectErrorStream(true).start();
        try (BufferedReader out = process.inputReader()) {
            String line = out.readLine();
            return (line != null) ? line.split(" ")[1] : "?";
        }
    }

    int rounds() {
        return number("rounds", 5);
    }

    int warmSeconds() {
        return number("warm", 8);
    }

    int measuredSeconds() {
        return number("measure", 2);
    }

    /** Tells whether clients and servers have a processor each. */
    boolean pinned() {
        return Boolean.parseBoolean(this.values.getOrDefault("pinned", "false"));
    }

    /** Returns how a measured JVM is started. */
    List<String> java() {
        List<String> command = new ArrayList<>(pinned() ? List.of("taskset", "-c", "1") : List.of());
        command.add(javaBinary());
        return command;
    }

    private String javaBinary() {
        String own = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return this.values.getOrDefault("java", own);
    }

    List<String> jvmArguments() {
        return list("jvm");
    }

    /** Tells how long each run was. */
    String describe() {
        return rounds() + " rounds of " + measuredSeconds() + " s after " + warmSeconds() + " s"
                + (pinned() ? ", client and server pinned to a processor each" : "");
    }

    private List<String> list(String name) {
        String value = this.values.getOrDefault(name, "");
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(this.values.getOrDefault(name, String.valueOf(otherwise)));
    }

}
