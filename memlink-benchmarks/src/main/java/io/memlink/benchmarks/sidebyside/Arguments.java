package io.memlink.benchmarks.sidebyside;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.memlink.benchmarks.sidebyside.load.Workload;

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
        return names.isEmpty() ? Workload.ALL : names.stream().map(Workload::named).toList();
    }

    List<String> contenders(Workload workload) {
        List<String> names = list("contenders");
        return workload.contenders().stream().filter((name) -> names.isEmpty() || names.contains(name)).toList();
    }

    int rounds() {
        return number("rounds", 5);
    }

    int warmSeconds() {
        return number("warm", 4);
    }

    int measuredSeconds() {
        return number("measure", 4);
    }

    List<String> jvmArguments() {
        return list("jvm");
    }

    /** Tells how long each run was. */
    String describe() {
        return rounds() + " rounds of " + measuredSeconds() + " s after " + warmSeconds() + " s";
    }

    private List<String> list(String name) {
        String value = this.values.getOrDefault(name, "");
        return value.isEmpty() ? List.of() : List.of(value.split(","));
    }

    private int number(String name, int otherwise) {
        return Integer.parseInt(this.values.getOrDefault(name, String.valueOf(otherwise)));
    }

}
