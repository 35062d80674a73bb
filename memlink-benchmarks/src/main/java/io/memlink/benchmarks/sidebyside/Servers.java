package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.memlink.benchmarks.sidebyside.contender.TlsFiles;
import io.memlink.benchmarks.sidebyside.load.Workload;
import io.memlink.test.MemcachedProcess;
import org.jspecify.annotations.Nullable;

/**
 * The real servers of one workload, each with one thread; the redis-server comes last.
 */
final class Servers implements AutoCloseable {

    private static final int LARGE_BYTES = 512 * 1024;

    private final List<MemcachedProcess> processes = new ArrayList<>();

    private final Set<Long> pids = new HashSet<>();

    private final List<String> hosts;

    private final @Nullable Path trustStore;

    private final @Nullable RedisProcess redis;

    Servers(Workload workload, @Nullable TlsFiles tls) {
        this.trustStore = (tls != null) ? tls.store() : null;
        List<String> arguments = new ArrayList<>(List.of("-m", "1024", "-c", "1024"));
        if (workload.valueBytes() > LARGE_BYTES) {
            arguments.addAll(List.of("-I", "4m"));
        }
        this.hosts = hosts(workload.servers().addresses());
        if (this.hosts.size() > 1) {
            arguments.addAll(List.of("-l", String.join(",", this.hosts.subList(1, this.hosts.size()))));
        }
        if (tls != null) {
            arguments.addAll(List.of("-Z", "-o", "ssl_chain_cert=" + tls.certificate() + ",ssl_key=" + tls.key()));
        }
        Set<Long> others = children();
        for (int i = 0; i < workload.servers().processes(); i++) {
            this.processes.add(MemcachedProcess.start(arguments.toArray(new String[0])));
        }
        this.redis = (workload.kind() == Workload.Kind.CACHEABLE) ? new RedisProcess() : null;
        this.pids.addAll(children());
        this.pids.removeAll(others);
    }

    /** Linux answers on all of 127.0.0.0/8. */
    private static List<String> hosts(int count) {
        return IntStream.range(0, count).mapToObj((i) -> (i == 0) ? "127.0.0.1" : "127.0.1." + i).toList();
    }

    private static Set<Long> children() {
        Set<Long> children = new HashSet<>();
        ProcessHandle.current().children().forEach((child) -> children.add(child.pid()));
        return children;
    }

    /** Confines all of them to the first processor; the clients have the others. */
    void pin() {
        for (Long pid : this.pids) {
            try {
                int status = new ProcessBuilder("taskset", "-a", "-c", "-p", "0", pid.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
                if (status != 0) {
                    throw new IllegalStateException("taskset of " + pid + " ended with " + status);
                }
            }
            catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
            catch (InterruptedException ex) {
                throw new IllegalStateException(ex);
            }
        }
    }

    /** Returns the addresses, separated by commas. */
    String addresses() {
        List<String> addresses = new ArrayList<>();
        this.processes.forEach((server) -> this.hosts.forEach((host) -> addresses.add(host + ":" + server.port())));
        if (this.redis != null) {
            addresses.add(this.redis.address());
        }
        return String.join(",", addresses);
    }

    /** Returns the processes, separated by commas. */
    String pids() {
        return String.join(",", this.pids.stream().map(String::valueOf).toList());
    }

    /** Returns what has to be trusted, or {@code -}. */
    String trustStore() {
        return (this.trustStore != null) ? this.trustStore.toString() : "-";
    }

    @Override
    public void close() {
        this.processes.forEach(MemcachedProcess::close);
        if (this.redis != null) {
            this.redis.close();
        }
    }

}
