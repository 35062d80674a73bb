package io.memlink.value.suite;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Bytes that somebody changed. Started by hand with the name of a subject, how many and a
 * seed, in a small heap; ends with status 3 where one takes longer than ten seconds.
 */
final class Mutations {

    private static final com.sun.management.ThreadMXBean THREADS = (com.sun.management.ThreadMXBean) ManagementFactory
        .getThreadMXBean();

    private static final byte[][] NUMBERS = { { -1, -1, -1, -1, 7 }, { -1, -1, -1, -1, 15 }, { -1, -1, -1, 127 },
            { 127, -1, -1, -1 }, { -1, -1, -1, -1 }, { -128, -128, -128, -128, 8 }, { 0, 0, 0, 0 }, { -1 }, { 127 },
            { -128 }, { -1, -1, -1, -1, -1, -1, -1, -1, 127 }, { -2, -1, -1, -1, 15 } };

    private final Subject subject;

    private final Subject.Session session;

    private final List<byte[]> valid = new ArrayList<>();

    private final Random random;

    final Map<String, Integer> outcomes = new TreeMap<>();

    final List<String> failures = new ArrayList<>();

    long mostAllocated;

    private volatile byte[] current = {};

    private volatile long started;

    Mutations(Subject subject, long seed) {
        this.subject = subject;
        this.session = subject.open(Mutations.class.getClassLoader(), Values.TRUSTED);
        this.random = new Random(seed);
        for (ValueCase each : Values.all()) {
            try {
                byte[] bytes = this.session.encode(each.make().make());
                if (bytes.length < 4000) {
                    this.session.decode(bytes);
                    this.valid.add(bytes);
                }
            }
            catch (Throwable ex) {
                // Is told by the verdicts.
            }
        }
    }

    /** Changes bytes so many times, and reads them. */
    void run(int times) {
        for (int i = 0; i < times; i++) {
            byte[] bytes = this.valid.get(this.random.nextInt(this.valid.size()));
            for (int k = 1 + this.random.nextInt(4); k > 0; k--) {
                bytes = mutate(bytes);
            }
            read(bytes, i % 8 == 0);
        }
    }

    /** Puts numbers at every place of those that are short. */
    void numbers(int limit) {
        for (byte[] bytes : this.valid) {
            for (int at = 1; at < bytes.length && bytes.length < limit; at++) {
                for (byte[] number : NUMBERS) {
                    byte[] over = Arrays.copyOf(bytes, Math.max(bytes.length, at + number.length));
                    System.arraycopy(number, 0, over, at, number.length);
                    read(over, false);
                    read(join(Arrays.copyOf(bytes, at), number, Arrays.copyOfRange(bytes, at + 1, bytes.length)),
                            false);
                }
            }
        }
    }

    private static byte[] join(byte[]... parts) {
        byte[] all = {};
        for (byte[] part : parts) {
            int length = all.length;
            all = Arrays.copyOf(all, length + part.length);
            System.arraycopy(part, 0, all, length, part.length);
        }
        return all;
    }

    private byte[] mutate(byte[] from) {
        byte[] bytes = from.clone();
        if (bytes.length < 2) {
            return new byte[] { (byte) this.random.nextInt() };
        }
        int at = this.random.nextInt(bytes.length);
        switch (this.random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << this.random.nextInt(8));
            case 1 -> bytes[at] = (byte) this.random.nextInt();
            case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
            case 3 -> {
                int to = Math.min(bytes.length, at + 1 + this.random.nextInt(4));
                bytes = join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, to, bytes.length));
            }
            case 4 -> {
                byte[] more = new byte[1 + this.random.nextInt(5)];
                this.random.nextBytes(more);
                bytes = join(Arrays.copyOf(bytes, at), more, Arrays.copyOfRange(bytes, at, bytes.length));
            }
            case 5 -> {
                byte[] other = this.valid.get(this.random.nextInt(this.valid.size()));
                int begin = this.random.nextInt(other.length);
                byte[] part = Arrays.copyOfRange(other, begin,
                        Math.min(other.length, begin + 1 + this.random.nextInt(40)));
                bytes = join(Arrays.copyOf(bytes, at), part,
                        Arrays.copyOfRange(bytes, Math.min(bytes.length, at + part.length), bytes.length));
            }
            case 6 -> bytes[at] = new byte[] { 0, 1, -1, 127, -128, 2, 3 }[this.random.nextInt(7)];
            case 7 -> bytes[at] += (byte) (this.random.nextBoolean() ? 1 : -1);
            default -> {
                int begin = this.random.nextInt(bytes.length);
                int length = Math.min(1 + this.random.nextInt(16), bytes.length - Math.max(at, begin));
                System.arraycopy(bytes, begin, bytes, at, length);
            }
        }
        return bytes;
    }

    private void read(byte[] bytes, boolean again) {
        this.current = bytes;
        this.started = System.nanoTime();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Object value = null;
        Throwable thrown = null;
        try {
            value = this.session.decode(bytes);
        }
        catch (Throwable ex) {
            thrown = ex;
        }
        this.mostAllocated = Math.max(this.mostAllocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        if (thrown == null) {
            this.outcomes.merge("read", 1, Integer::sum);
            // The JDK makes objects without the fields of a class that was renamed.
            if (this.subject.isStrict()) {
                check(bytes, value, again);
            }
        }
        else if (this.subject.isMiss(thrown)) {
            this.outcomes.merge("miss", 1, Integer::sum);
        }
        else {
            fail(thrown.toString(), bytes);
        }
        this.started = 0;
    }

    /** Whether what was read is sound, and can be written and read again. */
    private void check(byte[] bytes, Object value, boolean again) {
        try {
            String problem = Soundness.problemOf(value);
            if (problem != null) {
                fail(problem, bytes);
            }
            if (again) {
                Comparison comparison = Comparison.of(value, this.session.decode(this.session.encode(value)));
                if (!comparison.differences.isEmpty()) {
                    fail("is another when written and read again: " + comparison.differences, bytes);
                }
                this.outcomes.merge("written and read again", 1, Integer::sum);
            }
        }
        catch (StackOverflowError ex) {
            this.outcomes.merge("too deep to be checked", 1, Integer::sum);
        }
        catch (Throwable ex) {
            if (this.subject.isRefusal(ex)) {
                this.outcomes.merge(
                        "not written again: "
                                + RoundTrip.shorten(ex).replaceAll("value: .*?, ", "").replaceAll("\\(exp.*", ""),
                        1, Integer::sum);
            }
            else {
                fail("when written and read again: " + RoundTrip.shorten(ex), bytes);
            }
        }
    }

    private void fail(String what, byte[] bytes) {
        this.outcomes.merge("FAILURE", 1, Integer::sum);
        if (this.failures.size() < 20) {
            this.failures.add(what + " " + HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 300)));
        }
    }

    private void watch() {
        Thread watch = new Thread(() -> {
            while (true) {
                java.util.concurrent.locks.LockSupport.parkNanos(500_000_000);
                long since = this.started;
                if (since != 0 && System.nanoTime() - since > 10_000_000_000L) {
                    System.out.println("HANGS " + HexFormat.of().formatHex(this.current));
                    Runtime.getRuntime().halt(3);
                }
            }
        });
        watch.setDaemon(true);
        watch.start();
    }

    public static void main(String[] args) {
        Mutations mutations = new Mutations(Subject.named(args[0]), Long.parseLong(args[2]));
        mutations.watch();
        mutations.numbers(400);
        System.out.println("numbers put in: " + mutations.outcomes);
        mutations.run(Integer.parseInt(args[1]));
        System.out.println("all: " + mutations.outcomes);
        System.out.println("most allocated for one: " + mutations.mostAllocated / 1024 + " KiB");
        mutations.failures.forEach(System.out::println);
    }

}
