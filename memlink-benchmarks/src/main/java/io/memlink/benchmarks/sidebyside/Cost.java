package io.memlink.benchmarks.sidebyside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The resources that this JVM and the servers have used up to an instant.
 *
 * @param wallNanos the instant
 * @param clientCpuNanos processor time of this JVM
 * @param serverCpuNanos processor time of the servers
 * @param allocatedBytes what each living thread has allocated
 */
record Cost(long wallNanos, long clientCpuNanos, long serverCpuNanos, Map<Long, Long> allocatedBytes) {

    private static final long NANOS_PER_TICK = 10_000_000;

    private static final com.sun.management.OperatingSystemMXBean SYSTEM = ManagementFactory
        .getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

    private static final com.sun.management.ThreadMXBean THREADS = ManagementFactory
        .getPlatformMXBean(com.sun.management.ThreadMXBean.class);

    /** Reads the counters. */
    static Cost now(List<Long> servers) {
        long serverNanos = servers.stream().mapToLong(Cost::cpuNanos).sum();
        return new Cost(System.nanoTime(), SYSTEM.getProcessCpuTime(), serverNanos, allocations());
    }

    private static Map<Long, Long> allocations() {
        Map<Long, Long> allocations = new TreeMap<>();
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            allocations.put(ids[i], Math.max(0, bytes[i]));
        }
        return allocations;
    }

    /** Returns what was allocated since, by the threads that are still alive. */
    long allocatedSince(Cost start) {
        return this.allocatedBytes.entrySet()
            .stream()
            .mapToLong((thread) -> thread.getValue() - start.allocatedBytes.getOrDefault(thread.getKey(), 0L))
            .sum();
    }

    /** Linux counts the user and system time of a process in hundredths of a second. */
    private static long cpuNanos(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(words[11]) + Long.parseLong(words[12])) * NANOS_PER_TICK;
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /** Returns the memory of this JVM that is resident. */
    static long residentBytes() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status"))
                .stream()
                .filter((line) -> line.startsWith("VmRSS:"))
                .mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
        }
        catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static int threads() {
        return THREADS.getThreadCount();
    }

}
