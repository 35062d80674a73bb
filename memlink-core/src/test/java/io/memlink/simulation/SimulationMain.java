package io.memlink.simulation;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs simulations for a while, from one seed after the other, and ends with 1 where a
 * promise was broken. Arguments: {@code --minutes M} or {@code --hours H}, {@code --seed
 * S} where to begin; {@code --replay S} to tell everything about one, {@code --shrink S}
 * to leave out the faults that it does not need.
 */
final class SimulationMain {

    private static final long LONGEST_BUSY_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final Map<FaultKind, Integer> faults = new EnumMap<>(FaultKind.class);

    private long simulations;

    private long calls;

    private long nanos;

    private long slow;

    private final Workload.Type type;

    private SimulationMain(Workload.Type type) {
        this.type = type;
    }

    public static void main(String[] arguments) {
        main(arguments, KeyWorkload.TYPE);
    }

    static void main(String[] arguments, Workload.Type type) {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
        long seed = System.nanoTime() & 0xFFFFFFFFFFL;
        double minutes = 1;
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--minutes" -> minutes = Double.parseDouble(value);
                case "--hours" -> minutes = 60 * Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--replay" -> {
                    replay(Long.parseLong(value), type);
                    return;
                }
                case "--shrink" -> {
                    shrink(Long.parseLong(value), type);
                    return;
                }
                default -> throw new IllegalArgumentException(arguments[i]);
            }
        }
        System.exit(new SimulationMain(type).run(seed, (long) (minutes * 60e9)) ? 0 : 1);
    }

    private static void replay(long seed, Workload.Type type) {
        Simulation.Result result = Simulation.run(seed, type, UnaryOperator.identity(), System.out);
        System.out.println(result.settings());
        System.out.println(result + ", hash " + Long.toHexString(result.hash()));
    }

    private static void shrink(long seed, Workload.Type type) {
        Simulation.Result shortest = new Shrinker(Simulation.run(seed, type)).shrink();
        shortest.script().forEach(System.out::println);
        System.out.println(shortest.settings());
        System.out.println(shortest);
    }

    private boolean run(long firstSeed, long durationNanos) {
        long begin = System.nanoTime();
        Simulation.Result broken = null;
        for (long seed = firstSeed; broken == null && System.nanoTime() - begin < durationNanos; seed++) {
            Simulation.Result result = Simulation.run(seed, this.type);
            this.simulations++;
            this.calls += result.calls();
            this.nanos += result.nanos();
            this.slow += (result.nanos() > LONGEST_BUSY_NANOS) ? 1 : 0;
            result.faults().forEach((kind, count) -> this.faults.merge(kind, count, Integer::sum));
            broken = (result.violation() != null) ? result : null;
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        System.out.printf(
                "%d simulations from seed %d, %d of them slow, in %.1f s: %.2f simulated hours, %d operations%n",
                this.simulations, firstSeed, this.slow, seconds, this.nanos / (double) TimeUnit.HOURS.toNanos(1),
                this.calls);
        System.out.println("faults: " + this.faults);
        if (broken != null) {
            System.out.println("VIOLATION: " + broken);
            System.out.println(broken.settings());
        }
        return broken == null;
    }

}
