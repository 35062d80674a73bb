package io.memlink.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** A run in a JVM of its own. */
final class ForkedRun {

    private ForkedRun() {
    }

    /**
     * Starts the main class of this class path by a java, and returns what it has
     * measured.
     * @throws RunFailedException where it has not measured anything
     */
    static Measurement run(Class<?> main, List<String> java, List<String> jvmArguments, List<String> arguments)
            throws IOException, InterruptedException, RunFailedException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-Xmx1g", "-XX:+UseG1GC", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvmArguments);
        command.add(main.getName());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            Measurement measured = read(process);
            if (measured == null) {
                throw new RunFailedException("nothing measured by " + main.getSimpleName() + " " + arguments);
            }
            return measured;
        }
        finally {
            process.destroyForcibly();
        }
    }

    private static @Nullable Measurement read(Process process) throws IOException {
        Measurement measured = null;
        try (BufferedReader out = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null) {
                if (Measurement.isLine(line)) {
                    measured = Measurement.parse(line);
                }
                line = out.readLine();
            }
        }
        return measured;
    }

}
