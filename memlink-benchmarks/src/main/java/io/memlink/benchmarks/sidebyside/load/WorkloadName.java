package io.memlink.benchmarks.sidebyside.load;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.memlink.benchmarks.sidebyside.load.Workload.Kind;

/**
 * The name of a workload: what is called, how often at once, and options, joined by
 * dashes. {@code async-2x64-of-1k-at-8} is two callers with 64 calls pending each, values
 * of 1 KiB, and eight backends. Confined to the thread that reads it.
 */
final class WorkloadName {

    private static final String EXPECTED = "sync-T, virtual-T, async-TxD, multi-K, value-SIZE, large-SIZE, tls-TxD, "
            + "open-RATE, mixed-RATE, burst-T or cacheable-T, then any of -of-SIZE, -on-PROCESSES, -at-ADDRESSES, "
            + "-by-CONNECTIONS and -tls";

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,7})([km]?)");

    private static final Pattern SHAPE = Pattern.compile("(\\d{1,5})x(\\d{1,5})");

    private static final List<String> ASYNCHRONOUS = List.of("memlink", "raw", "folsom", "spymemcached");

    private static final List<String> SYNCHRONOUS = List.of("memlink", "memlink-4", "raw", "blocking", "folsom",
            "spymemcached", "xmemcached");

    private static final List<String> ENCRYPTED = List.of("memlink", "raw", "folsom");

    private final String name;

    private final Deque<String> words;

    private Kind kind = Kind.ASYNC;

    private int threads = 2;

    private int window = 1;

    private int valueBytes = 100;

    private int setPercent;

    private int keysPerCall = 1;

    private int rate;

    private ServerSetup servers = ServerSetup.ONE;

    private List<String> contenders = ASYNCHRONOUS;

    private WorkloadName(String name) {
        this.name = name;
        this.words = new ArrayDeque<>(List.of(name.split("-", -1)));
    }

    static Workload parse(String name) {
        return new WorkloadName(name).workload();
    }

    private Workload workload() {
        readKind(next());
        while (!this.words.isEmpty()) {
            readOption(next());
        }
        if (this.servers.encrypted()) {
            this.contenders = this.contenders.stream().filter(ENCRYPTED::contains).toList();
        }
        return new Workload(this.name, this.kind, this.threads, this.window, this.valueBytes, this.setPercent,
                this.keysPerCall, this.servers, this.rate, this.contenders);
    }

    private void readKind(String word) {
        switch (word) {
            case "async" -> readShape();
            case "tls" -> {
                readShape();
                this.servers = this.servers.withEncryption();
            }
            case "sync" -> readCallers(Kind.SYNC, SYNCHRONOUS);
            case "burst" -> readCallers(Kind.BURST, SYNCHRONOUS);
            case "virtual" -> readCallers(Kind.VIRTUAL, List.of("memlink", "raw"));
            case "cacheable" -> {
                readCallers(Kind.CACHEABLE, List.of("memlink-cache", "redis-cache"));
                this.valueBytes = 8;
                this.setPercent = 0;
            }
            case "multi" -> {
                this.keysPerCall = number(1000);
                this.window = 4;
            }
            case "value", "large" -> readValues();
            case "open" -> readRate(Kind.OPEN);
            case "mixed" -> {
                readRate(Kind.MIXED);
                this.contenders = List.of("memlink", "raw", "folsom", "spymemcached", "xmemcached");
            }
            default -> throw wrong();
        }
    }

    private void readShape() {
        Matcher shape = SHAPE.matcher(next());
        if (!shape.matches()) {
            throw wrong();
        }
        this.threads = Integer.parseInt(shape.group(1));
        this.window = Integer.parseInt(shape.group(2));
    }

    private void readCallers(Kind driven, List<String> among) {
        this.kind = driven;
        this.threads = number(1000);
        this.setPercent = 10;
        this.contenders = among;
    }

    private void readRate(Kind driven) {
        this.kind = driven;
        this.threads = 1;
        this.rate = number(1000);
    }

    /** The larger the values, the fewer are on their way at once. */
    private void readValues() {
        this.valueBytes = number(1024);
        this.setPercent = 10;
        this.window = (this.valueBytes <= 10 * 1024) ? 16 : (this.valueBytes <= 100 * 1024) ? 4 : 1;
    }

    private void readOption(String word) {
        switch (word) {
            case "of" -> this.valueBytes = number(1024);
            case "on" -> this.servers = this.servers.withProcesses(number(1000));
            case "at" -> this.servers = this.servers.withAddresses(number(1000));
            case "by" -> this.servers = this.servers.withConnections(number(1000));
            case "tls" -> this.servers = this.servers.withEncryption();
            default -> throw wrong();
        }
    }

    private int number(int thousand) {
        Matcher number = NUMBER.matcher(next());
        if (!number.matches()) {
            throw wrong();
        }
        int factor = switch (number.group(2)) {
            case "k" -> thousand;
            case "m" -> thousand * thousand;
            default -> 1;
        };
        return Math.multiplyExact(Integer.parseInt(number.group(1)), factor);
    }

    private String next() {
        String word = this.words.poll();
        if (word == null) {
            throw wrong();
        }
        return word;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("workload: " + this.name + " (expected: " + EXPECTED + ")");
    }

}
