package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

import io.memlink.benchmarks.sidebyside.contender.TlsFiles;
import io.memlink.benchmarks.sidebyside.load.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Measures clients beside each other against one memcached of one thread: round by round,
 * each client in a JVM of its own. Prints a table for each workload, and the targets.
 */
public final class SideBySide {

    private final Arguments arguments;

    private final RunRecorder recorder;

    private SideBySide(Arguments arguments) throws IOException {
        this.arguments = arguments;
        this.recorder = new RunRecorder(arguments);
    }

    /**
     * Measures.
     * @param arguments see {@code README.md}
     * @throws Exception where a server or a client cannot be started
     */
    public static void main(String[] arguments) throws Exception {
        new SideBySide(new Arguments(arguments)).run();
    }

    private void run() throws IOException, InterruptedException, GeneralSecurityException {
        Path directory = Files.createTempDirectory("memlink-benchmarks");
        for (Workload workload : this.arguments.workloads()) {
            TlsFiles tls = workload.servers().encrypted() ? TlsFiles.create(Files.createTempDirectory(directory, "tls"))
                    : null;
            Results results = measure(workload, tls);
            System.out.println(ResultTable.of(workload, results, this.arguments.describe()));
            System.out.println(Target.table(workload.name(), results));
        }
    }

    private Results measure(Workload workload, @Nullable TlsFiles tls) throws IOException, InterruptedException {
        Results results = new Results();
        try (Servers servers = new Servers(workload, tls)) {
            if (this.arguments.pinned()) {
                servers.pin();
            }
            for (int round = 0; round < this.arguments.rounds(); round++) {
                for (String contender : this.arguments.contenders(workload)) {
                    try {
                        Measurement measured = measure(workload, contender, servers);
                        System.err.println(workload.name() + " " + contender + " " + measured.toLine());
                        results.add(contender, measured);
                        this.recorder.add(workload, contender, round + 1, measured);
                    }
                    catch (RunFailedException ex) {
                        // Hours of other runs must not be lost for it.
                        System.err.println("FAILED " + ex.getMessage());
                    }
                }
            }
        }
        return results;
    }

    private Measurement measure(Workload workload, String contender, Servers servers)
            throws IOException, InterruptedException, RunFailedException {
        List<String> run = List.of(contender, workload.name(), servers.addresses(), servers.pids(),
                servers.trustStore(), String.valueOf(this.arguments.warmSeconds()),
                String.valueOf(this.arguments.measuredSeconds()));
        return ForkedRun.run(MeasuredRun.class, this.arguments.java(), this.arguments.jvmArguments(), run);
    }

}
