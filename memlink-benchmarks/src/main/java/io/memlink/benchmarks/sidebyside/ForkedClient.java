package io.memlink.benchmarks.sidebyside;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The JVM of a client, which stays from round to round: what it has compiled is compiled
 * once. Between rounds it does nothing. Confined to one thread.
 */
final class ForkedClient implements AutoCloseable {

    private final Process process;

    private final String description;

    private final BufferedReader out;

    private final BufferedWriter in;

    private boolean warm;

    /** Starts it by a java. */
    ForkedClient(List<String> java, List<String> jvmArguments, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-Xmx1g", "-XX:+UseG1GC", "-cp", System.getProperty("java.class.path")));
        command.addAll(jvmArguments);
        command.add(MeasuredClient.class.getName());
        command.addAll(arguments);
        this.description = String.join(" ", arguments);
        this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        this.out = this.process.inputReader(StandardCharsets.UTF_8);
        this.in = this.process.outputWriter(StandardCharsets.UTF_8);
    }

    /**
     * Has it work, and measured.
     * @param warmSeconds how long it works before it is measured for the first time
     * @throws RunFailedException where it has not measured anything
     */
    Measurement measure(int warmSeconds, int measuredSeconds) throws IOException, RunFailedException {
        try {
            this.in.write((this.warm ? Math.min(1, warmSeconds) : warmSeconds) + " " + measuredSeconds + "\n");
            this.in.flush();
        }
        catch (IOException ex) {
            throw new RunFailedException("ended before it was measured: " + this.description);
        }
        this.warm = true;
        for (String line = this.out.readLine(); line != null; line = this.out.readLine()) {
            if (Measurement.isLine(line)) {
                return Measurement.parse(line);
            }
        }
        throw new RunFailedException("nothing measured by " + this.description);
    }

    @Override
    public void close() {
        this.process.destroyForcibly();
    }

}
