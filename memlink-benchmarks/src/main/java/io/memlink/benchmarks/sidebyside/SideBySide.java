package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        Map<String, ForkedClient> clients = new HashMap<>();
        try (Servers servers = new Servers(workload, tls)) {
            if (this.arguments.pinned()) {
                servers.pin();
            }
            for (int round = 0; round < this.arguments.rounds(); round++) {
                for (String contender : this.arguments.contenders(workload)) {
                    try {
                        if (!clients.containsKey(contender)) {
                            clients.put(contender, start(workload, contender, servers));
                        }
                        Measurement measured = clients.get(contender)
                            .measure(this.arguments.warmSeconds(), this.arguments.measuredSeconds());
                        System.err.println(workload.name() + " " + contender + " " + measured.toLine());
                        results.add(contender, measured);
                        this.recorder.add(workload, contender, round + 1, measured);
                    }
                    catch (RunFailedException ex) {
                        // Hours of other runs must not be lost for it.
                        System.err.println("FAILED " + ex.getMessage());
                        clients.remove(contender).close();
                    }
                }
            }
        }
        finally {
            clients.values().forEach(ForkedClient::close);
        }
        return results;
    }

    private ForkedClient start(Workload workload, String contender, Servers servers) throws IOException {
        return new ForkedClient(this.arguments.java(), this.arguments.jvmArguments(),
                List.of(contender, workload.name(), servers.addresses(), servers.pids(), servers.trustStore()));
    }

}
